package io.gatehouse.api.workato;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.gatehouse.kernel.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** The error envelope of this dialect: {@code message} and {@code code}, and {@code errors} by field. */
public final class WorkatoErrors {

    private WorkatoErrors() {
    }

    /** @param errors one message per field, or null */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WorkatoError(String message, String code, Map<String, String> errors) {
    }

    public static Response render(Problem problem) {
        int status = switch (problem.kind()) {
            case MALFORMED, INVALID -> 400;
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
        Map<String, String> errors = new LinkedHashMap<>();
        problem.details().forEach(detail -> errors.putIfAbsent(detail.field(), detail.message()));
        ResponseBuilder response = response(status,
                new WorkatoError(problem.getMessage(), code(problem), errors.isEmpty() ? null : errors));
        if (problem.retryAfter() != null) {
            response.header(HttpHeaders.RETRY_AFTER, problem.retryAfter().toSeconds());
        }
        return response.build();
    }

    private static String code(Problem problem) {
        return problem.kind() == Problem.Kind.MALFORMED ? "bad_request" : problem.code();
    }

    /** For what the framework refuses by status alone; a media type that is not taken is a bad request here. */
    public static Response render(int status, String message) {
        if (status == 415) {
            return render(400, "Content-Type: application/json is needed");
        }
        String code = switch (status) {
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 413 -> "too_large";
            case 429 -> "rate_limit_exceeded";
            case 500 -> "internal_error";
            default -> "bad_request";
        };
        return response(status, new WorkatoError(message, code, null)).build();
    }

    private static ResponseBuilder response(int status, WorkatoError error) {
        ResponseBuilder response = Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(error);
        return status == 401 ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer") : response;
    }
}
