package io.gatehouse.api;

import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.gatehouse.access.clients.Authenticator;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Lets a management request in by its bearer token, before anything else about the request is looked at. */
@Singleton
public class Authentication {

    private static final String BEARER = "Bearer ";

    private final Authenticator authenticator;
    private final RequestLimits limits;
    private final Current current;

    @Inject
    Authentication(Authenticator authenticator, RequestLimits limits, Current current) {
        this.authenticator = authenticator;
        this.limits = limits;
        this.current = current;
    }

    /** Goes on when it completes with null. */
    @ServerRequestFilter(preMatching = true)
    public Uni<Response> authenticate(ContainerRequestContext request, HttpServerRequest connection) {
        Dialect dialect = Dialect.of(request.getUriInfo().getPath());
        if (dialect == null) {
            return Uni.createFrom().nullItem();
        }
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            throw Problem.unauthenticated(dialect.needsToken());
        }
        return authenticator.authenticate(token(header), origin(dialect, request, connection))
                .onItem().ifNull().failWith(() -> Problem.unauthenticated(dialect.refusesToken()))
                .invoke(caller -> current.set(caller, request.getHeaderString(HttpHeaders.IF_MATCH)))
                .call(caller -> limits.take(dialect, caller))
                .invoke(() -> checkContentType(request.getHeaderString(HttpHeaders.CONTENT_TYPE)))
                .replaceWith((Response) null);
    }

    private static String token(String header) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? header.substring(BEARER.length()).strip() : "";
    }

    private static Origin origin(Dialect dialect, ContainerRequestContext request, HttpServerRequest connection) {
        return new Origin(dialect.word(), (String) MDC.get("requestId"), connection.remoteAddress().hostAddress(),
                request.getHeaderString(HttpHeaders.USER_AGENT));
    }

    /** The framework takes it for granted that this is well-formed. */
    private static void checkContentType(String contentType) {
        try {
            MediaType type = contentType == null ? MediaType.APPLICATION_JSON_TYPE : MediaType.valueOf(contentType);
            if (type.isWildcardType() || type.isWildcardSubtype()) {
                throw Problem.malformed("invalid_content_type", "Content-Type: application/json is needed");
            }
            if (type.getType().equals("multipart") && type.getParameters().getOrDefault("boundary", "").isEmpty()) {
                throw Problem.malformed("invalid_content_type", "Content-Type: a multipart body needs a boundary");
            }
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("invalid_content_type", "Content-Type: not a media type");
        }
    }
}
