package io.gatehouse.access.oauth;

import java.util.Locale;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;

import io.gatehouse.kernel.Problem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Says what went wrong in the words of RFC 6749, section 5.2; a problem's code is the error where the RFC has one. */
final class OAuthErrors {

    private static final Logger LOG = Logger.getLogger(OAuthErrors.class);

    private OAuthErrors() {
    }

    /** What a message of ours is not understood as. */
    static Problem of(ParseException failure) {
        ErrorObject error = failure.getErrorObject();
        if (error != null && error.getCode().equals(OAuth2Error.INVALID_CLIENT.getCode())) {
            return invalidClient("The client has to show that it is itself");
        }
        return Problem.malformed(error == null ? "invalid_request" : error.getCode(),
                error == null || error.getDescription() == null ? failure.getMessage() : error.getDescription());
    }

    /** Refuses the client itself; RFC 6749 has 401 for it, on which clients register anew. */
    static Problem invalidClient(String why) {
        return Problem.unauthenticated(why);
    }

    static Response render(Throwable failure) {
        if (failure instanceof Problem problem) {
            if (problem.getCause() != null) {
                LOG.warnf("%s: %s", problem.getMessage(), problem.getCause());
            }
            Response.ResponseBuilder answer = answer(status(problem.kind()), error(problem), problem.getMessage());
            if (problem.kind() == Problem.Kind.UNAUTHENTICATED) {
                answer.header("WWW-Authenticate", "Basic realm=\"gatehouse\"");
            }
            if (problem.retryAfter() != null) {
                answer.header("Retry-After", problem.retryAfter().toSeconds());
            }
            return answer.build();
        }
        LOG.error("A request to the authorization server failed", failure);
        return answer(500, "server_error", "Something went wrong; the log has it under this request's X-Request-Id").build();
    }

    private static Response.ResponseBuilder answer(int status, String error, String description) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", error).put("error_description", description);
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).header("Cache-Control", "no-store").entity(body);
    }

    private static String error(Problem problem) {
        return switch (problem.kind()) {
            case MALFORMED, INVALID -> problem.code().toLowerCase(Locale.ROOT);
            case UNAUTHENTICATED -> "invalid_client";
            case FORBIDDEN -> "access_denied";
            case NOT_FOUND, CONFLICT, STALE, TOO_LARGE -> "invalid_request";
            case LIMITED, UPSTREAM, TIMEOUT, UNAVAILABLE -> "temporarily_unavailable";
        };
    }

    private static int status(Problem.Kind kind) {
        return switch (kind) {
            case MALFORMED, INVALID, NOT_FOUND, CONFLICT, STALE -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case TOO_LARGE -> 413;
            case LIMITED -> 429;
            case UPSTREAM, TIMEOUT, UNAVAILABLE -> 503;
        };
    }
}
