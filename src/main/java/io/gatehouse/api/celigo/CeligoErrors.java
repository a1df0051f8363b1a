package io.gatehouse.api.celigo;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.gatehouse.kernel.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** Renders problems in this dialect's envelope: {@code errors} with a code, a message and, where there is one, a field. */
public final class CeligoErrors {

    private CeligoErrors() {
    }

    /** @param field a dotted path with array indexes, or null */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CeligoError(String code, String message, String field) {
    }

    @RegisterForReflection
    record CeligoErrorList(List<CeligoError> errors) {
    }

    /** What somebody hears who is not let in. */
    @RegisterForReflection
    record CeligoRefusal(String message) {
    }

    public static Response render(Problem problem) {
        int status = switch (problem.kind()) {
            case MALFORMED -> 400;
            case INVALID -> 422;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case LIMITED -> 429;
            case UPSTREAM -> 502;
            case UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
        };
        if (status == 401) {
            return json(status, new CeligoRefusal(problem.getMessage()))
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
        }
        List<CeligoError> errors = problem.details().isEmpty()
                ? List.of(new CeligoError(code(problem), problem.getMessage(), null))
                : problem.details().stream().map(detail -> new CeligoError(detail.code(), detail.message(),
                        detail.field())).toList();
        ResponseBuilder response = json(status, new CeligoErrorList(errors));
        return problem.retryAfter() == null ? response.build()
                : response.header(HttpHeaders.RETRY_AFTER, problem.retryAfter().toSeconds()).build();
    }

    private static String code(Problem problem) {
        return problem.kind() == Problem.Kind.LIMITED ? "rate_limited" : problem.code();
    }

    /** For what the framework refuses by status alone; a media type that is not taken is a malformed request here. */
    public static Response render(int status, String message) {
        return switch (status) {
            case 404 -> one(404, "not_found", message);
            case 405 -> one(405, "method_not_allowed", message);
            case 413 -> one(413, "too_large", message);
            case 415 -> one(400, "invalid_content_type", "Content-Type: application/json is needed");
            case 500 -> one(500, "internal_error", message);
            default -> one(status, "bad_request", message);
        };
    }

    private static Response one(int status, String code, String message) {
        return json(status, new CeligoErrorList(List.of(new CeligoError(code, message, null)))).build();
    }

    private static ResponseBuilder json(int status, Object body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body);
    }
}
