package io.gatehouse.access.signin;

import org.jboss.logging.MDC;

import io.gatehouse.kernel.Origin;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;

/** What a browser's request says of itself. */
public final class Visits {

    private static final String SOURCE = "browser";

    private Visits() {
    }

    public static Origin origin(HttpServerRequest request) {
        return new Origin(SOURCE, (String) MDC.get("requestId"), request.remoteAddress().hostAddress(),
                request.getHeader(HttpHeaders.USER_AGENT));
    }

    /** Where the request that led here wants to go in the end, which nobody has checked; null for nowhere. */
    static String redirectUri(HttpServerRequest request) {
        try {
            return request.getParam("redirect_uri");
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
