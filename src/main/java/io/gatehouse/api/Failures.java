package io.gatehouse.api;

import java.io.CharConversionException;
import java.net.ConnectException;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import io.gatehouse.api.workato.WorkatoErrors;
import io.gatehouse.kernel.Problem;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Turns every failure of the management API into an answer in its dialect's envelope; there is one dialect yet. */
public class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    @ServerExceptionMapper
    public Response problem(Problem problem) {
        if (problem.getCause() != null) {
            LOG.warn(problem.getMessage(), problem.getCause());
        }
        return WorkatoErrors.render(problem);
    }

    @ServerExceptionMapper
    public Response malformed(MismatchedInputException failure) {
        return problem(unreadable(failure));
    }

    @ServerExceptionMapper
    public Response refused(WebApplicationException failure, UriInfo uri) {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return problem(unreadable(json));
        }
        int status = failure.getResponse().getStatus();
        return status < 500
                ? WorkatoErrors.render(status, failure.getResponse().getStatusInfo().getReasonPhrase())
                : unexpected(failure, uri);
    }

    @ServerExceptionMapper
    public Response unreadable(CharConversionException failure) {
        return WorkatoErrors.render(400, "The body is not text in UTF-8");
    }

    /** What the row locks did not order; the losers have changed nothing. */
    @ServerExceptionMapper
    public Response overtaken(OptimisticLockException failure) {
        return problem(Problem.conflict("conflict", "Another request changed this meanwhile; read it and try again"));
    }

    /** Seen by nobody but the log, where the request id leads to it. */
    @ServerExceptionMapper
    public Response unexpected(Throwable failure, UriInfo uri) {
        if (isDatabaseAway(failure)) {
            return problem(Problem.unavailable("The database can't be reached now", failure));
        }
        LOG.errorf(failure, "Request to %s failed", uri.getPath());
        return WorkatoErrors.render(500, "Something went wrong; the log has it under this request's X-Request-Id");
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
        if (failure instanceof JsonMappingException mismatch && !mismatch.getPath().isEmpty()) {
            String field = field(mismatch);
            return Problem.invalidField(field, "invalid_field_value", field + ": has the wrong type or is out of range");
        }
        return Problem.invalid("bad_request", "The body is not valid JSON of the expected shape: "
                + (failure instanceof JsonMappingException ? "wrong type" : failure.getOriginalMessage()));
    }

    private static String field(JsonMappingException mismatch) {
        StringBuilder path = new StringBuilder();
        mismatch.getPath().forEach(step -> path.append(path.isEmpty() ? "" : ".")
                .append(step.getFieldName() != null ? step.getFieldName() : Integer.toString(step.getIndex())));
        return path.toString();
    }
}
