package io.gatehouse.access.signin;

import io.gatehouse.kernel.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** Says on a page that something can't be done. */
@Singleton
public class PageErrors {

    private final Pages pages;

    @Inject
    PageErrors(Pages pages) {
        this.pages = pages;
    }

    public Response render(Problem problem) {
        int status = switch (problem.kind()) {
            case MALFORMED, INVALID -> 400;
            case UNAUTHENTICATED, FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case LIMITED -> 429;
            case UPSTREAM -> 502;
            case UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
        };
        ResponseBuilder page = page(status, title(status), problem.getMessage());
        if (problem.retryAfter() != null) {
            page.header(HttpHeaders.RETRY_AFTER, problem.retryAfter().toSeconds());
        }
        return page.build();
    }

    /** For what the framework refuses by status alone. */
    public Response render(int status) {
        String message = switch (status) {
            case 404 -> "There is no such page. Perhaps its address was not copied whole.";
            case 405 -> "This page can't be asked for in this way. Go back and try again.";
            case 500 -> "This is not your fault. Try again in a moment; if it stays, tell your administrator the time.";
            default -> "What your browser sent can't be read. Go back and try again.";
        };
        return page(status, title(status), message).build();
    }

    ResponseBuilder page(int status, String title, String message) {
        return pages.show(status, Templates.failure(title, message));
    }

    private static String title(int status) {
        return switch (status) {
            case 404 -> "Page not found";
            case 429, 503, 504 -> "Too busy right now";
            case 500, 502 -> "Something went wrong";
            default -> "This did not work";
        };
    }
}
