package io.gatehouse.access.oauth;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The endpoints once more, at the root: clients that take no notice of an issuer's path invent them there. There is no
 * metadata at the root, so that nobody is led to them.
 */
@Singleton
class RootEndpoints {

    /** After CORS, before REST. */
    private static final int EARLY = -300;

    void register(@Observes Router router) {
        for (String path : new String[] { "/token", "/register" }) {
            router.route(HttpMethod.POST, path).order(EARLY).handler(context -> context.reroute(Issuer.PATH + path));
        }
        router.route(HttpMethod.GET, "/authorize").order(EARLY).handler(RootEndpoints::authorize);
    }

    /** The pages are beside each other, so the person's browser has to know where they are. */
    private static void authorize(RoutingContext context) {
        String query = context.request().query();
        context.response().setStatusCode(302).putHeader("Cache-Control", "no-store")
                .putHeader("Location", Issuer.PATH.substring(1) + "/authorize" + (query == null ? "" : "?" + query)).end();
    }
}
