package io.gatehouse.gateway;

import java.util.Locale;
import java.util.regex.Pattern;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Lets pages of allowed origins read answers (the Fetch standard, section 3.2), also refusals, from which they learn what to
 * do; asks for nothing of who only asks whether it may ask.
 */
@Singleton
class Cors {

    private static final String METHODS = "GET, POST, DELETE";
    private static final String HEADERS = "authorization, content-type, accept, mcp-session-id, mcp-protocol-version, "
            + "mcp-method, mcp-name, last-event-id";
    private static final String EXPOSED = "Mcp-Session-Id, WWW-Authenticate, MCP-Protocol-Version, Retry-After, "
            + "RateLimit, RateLimit-Policy";
    private static final Pattern PARAMETER = Pattern.compile("mcp-param-[a-z0-9!#$%&'*+.^_`|~-]+");
    private static final String ASKED_METHOD = "Access-Control-Request-Method";
    private static final String ASKED_HEADERS = "Access-Control-Request-Headers";

    /** As long as any browser heeds. */
    private static final String SECONDS = "7200";

    private final Origins origins;

    @Inject
    Cors(Origins origins) {
        this.origins = origins;
    }

    /** Marks the answer to come. */
    void open(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            MultiMap headers = request.response().headers();
            headers.add("Vary", "Origin");
            if (origins.allow(origin)) {
                headers.set("Access-Control-Allow-Origin", origin).set("Access-Control-Expose-Headers", EXPOSED);
            }
        }
    }

    boolean isPreflight(HttpServerRequest request) {
        return request.method() == HttpMethod.OPTIONS && request.getHeader("Origin") != null
                && request.getHeader(ASKED_METHOD) != null;
    }

    /** Says nothing of the server, for a browser asks without a token. */
    void answer(HttpServerRequest request) {
        request.resume();
        if (!origins.allow(request.getHeader("Origin"))) {
            request.response().setStatusCode(403).end();
            return;
        }
        StringBuilder allowed = new StringBuilder(HEADERS);
        String asked = request.getHeader(ASKED_HEADERS);
        for (String header : asked == null ? new String[0] : asked.toLowerCase(Locale.ROOT).split(",")) {
            if (PARAMETER.matcher(header.strip()).matches()) {
                allowed.append(", ").append(header.strip());
            }
        }
        MultiMap headers = request.response().headers();
        headers.remove("Access-Control-Expose-Headers").set("Access-Control-Allow-Methods", METHODS)
                .set("Access-Control-Allow-Headers", allowed).set("Access-Control-Max-Age", SECONDS);
        request.response().setStatusCode(204).end();
    }
}
