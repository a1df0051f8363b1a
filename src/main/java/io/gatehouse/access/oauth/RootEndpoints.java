package io.gatehouse.access.oauth;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * What REST does not do for the endpoints. They refuse what is large before any of it is read. And they are there once more,
 * at the root: clients that take no notice of an issuer's path invent them there. There is no
 * metadata at the root, so that nobody is led to them.
 */
@Singleton
class RootEndpoints {

    /** After CORS, before REST. */
    private static final int EARLY = -300;

    private static final String FOR_PROGRAMS = "/oauth/(?:token|register|revoke)|/token|/register";
    private static final int LARGEST = 64 * 1_024;

    void register(@Observes Router router) {
        router.routeWithRegex(HttpMethod.POST, FOR_PROGRAMS).order(EARLY - 1).handler(RootEndpoints::checkSize);
        for (String path : new String[] { "/token", "/register" }) {
            router.route(HttpMethod.POST, path).order(EARLY).handler(context -> context.reroute(Issuer.PATH + path));
        }
        router.route(HttpMethod.GET, "/authorize").order(EARLY).handler(RootEndpoints::authorize);
    }

    private static void checkSize(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        if (length == null || length.length() < 9 && Integer.parseInt(length) <= LARGEST) {
            context.next();
        } else {
            context.response().setStatusCode(413).putHeader("Content-Type", "application/json").putHeader("Connection", "close")
                    .end("{\"error\":\"invalid_request\",\"error_description\":\"The request is too large\"}");
        }
    }

    /** The pages are beside each other, so the person's browser has to know where they are. */
    private static void authorize(RoutingContext context) {
        String query = context.request().query();
        context.response().setStatusCode(302).putHeader("Cache-Control", "no-store")
                .putHeader("Location", Issuer.PATH.substring(1) + "/authorize" + (query == null ? "" : "?" + query)).end();
    }
}
