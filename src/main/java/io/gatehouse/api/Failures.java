package io.gatehouse.api;

import java.io.CharConversionException;
import java.net.ConnectException;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import io.gatehouse.access.oauth.ManagementAccess;
import io.gatehouse.access.signin.PageErrors;
import io.gatehouse.access.signin.Pages;
import io.gatehouse.api.celigo.CeligoErrors;
import io.gatehouse.api.workato.WorkatoErrors;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.database.Clash;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Turns every failure of the management API into an answer in its dialect's envelope, and of a page into a page. */
public class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final String FORM_PARSER = "org.jboss.resteasy.reactive.server.core.multipart.";

    private final PageErrors pages;
    private final Provider<ManagementAccess> management;

    @Inject
    Failures(PageErrors pages, Provider<ManagementAccess> management) {
        this.pages = pages;
        this.management = management;
    }

    @ServerExceptionMapper
    public Response problem(Problem problem, UriInfo uri) {
        if (problem.getCause() != null) {
            LOG.warn(problem.getMessage(), problem.getCause());
        }
        if (Pages.has(uri.getPath())) {
            return pages.render(problem);
        }
        Response answer = isCeligo(uri) ? CeligoErrors.render(problem) : WorkatoErrors.render(problem);
        if (problem.kind() == Problem.Kind.UNAUTHENTICATED) {
            answer.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, management.get().challenge());
        }
        return answer;
    }

    @ServerExceptionMapper
    public Response malformed(MismatchedInputException failure, UriInfo uri) {
        return problem(unreadable(failure), uri);
    }

    @ServerExceptionMapper
    public Response refused(WebApplicationException failure, UriInfo uri) {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return problem(unreadable(json), uri);
        }
        int status = failure.getResponse().getStatus();
        return status < 500 ? refused(status, failure.getResponse().getStatusInfo().getReasonPhrase(), uri)
                : unexpected(failure, uri);
    }

    private Response refused(int status, String message, UriInfo uri) {
        if (Pages.has(uri.getPath())) {
            return pages.render(status);
        }
        return isCeligo(uri) ? CeligoErrors.render(status, message) : WorkatoErrors.render(status, message);
    }

    private static boolean isCeligo(UriInfo uri) {
        return Dialect.of(uri.getPath()) == Dialect.CELIGO;
    }

    @ServerExceptionMapper
    public Response unreadable(CharConversionException failure, UriInfo uri) {
        return problem(Problem.malformed("invalid_json", "The body is not text in UTF-8"), uri);
    }

    /** What the row locks did not order; the losers have changed nothing. */
    @ServerExceptionMapper
    public Response overtaken(OptimisticLockException failure, UriInfo uri) {
        return problem(overtaken(), uri);
    }

    private static Problem overtaken() {
        return Problem.conflict("conflict", "Another request changed this meanwhile; read it and try again");
    }

    /** Seen by nobody but the log, where the request id leads to it. */
    @ServerExceptionMapper
    public Response unexpected(Throwable failure, UriInfo uri) {
        if (isDatabaseAway(failure)) {
            return problem(Problem.unavailable("The database can't be reached now", failure), uri);
        }
        if (Clash.isOvertaken(failure) || Clash.isReference(failure)) {
            return problem(overtaken(), uri);
        }
        if (isMalformedForm(failure)) {
            return problem(Problem.malformed("invalid_form", "The body is not a well-formed multipart form"), uri);
        }
        LOG.errorf(failure, "Request to %s failed", uri.getPath());
        return refused(500, "Something went wrong; the log has it under this request's X-Request-Id", uri);
    }

    /** The framework has no word of its own for this; what fails on the disk comes from elsewhere. */
    private static boolean isMalformedForm(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(FORM_PARSER);
    }

    private static boolean isDatabaseAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof ClosedConnectionException) {
                return true;
            }
        }
        return false;
    }

    private static Problem unreadable(JsonProcessingException failure) {
        if (failure.getCause() instanceof JsonParseException unreadable) {
            return unreadable(unreadable);
        }
        if (failure instanceof JsonMappingException mismatch && !mismatch.getPath().isEmpty()) {
            String field = field(mismatch);
            return Problem.invalidField(field, "invalid_field_value", field + ": has the wrong type or is out of range");
        }
        return Problem.malformed("invalid_json", "The body is not valid JSON of the expected shape: "
                + (failure instanceof JsonMappingException ? "wrong type" : failure.getOriginalMessage()));
    }

    private static String field(JsonMappingException mismatch) {
        StringBuilder path = new StringBuilder();
        mismatch.getPath().forEach(step -> path.append(path.isEmpty() ? "" : ".")
                .append(step.getFieldName() != null ? step.getFieldName() : Integer.toString(step.getIndex())));
        return path.toString();
    }
}
