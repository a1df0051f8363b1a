package io.gatehouse.access.oauth;

import java.util.Set;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Lets clients that are web pages use the endpoints that are for programs; the pages for people stay out of reach. */
@Singleton
class Cors {

    private static final int EARLY = -400;
    private static final String FOR_PROGRAMS = "/oauth/(?:token|register|revoke|jwks|\\.well-known/[a-z-]+)|/\\.well-known/.+"
            + "|/token|/register";
    private static final int SECONDS = 7_200;

    void register(@Observes Router router) {
        router.routeWithRegex(FOR_PROGRAMS).order(EARLY).handler(CorsHandler.create().addOrigin("*")
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS))
                .allowedHeaders(Set.of("authorization", "content-type", "accept", "mcp-protocol-version"))
                .maxAgeSeconds(SECONDS));
    }
}
