package io.gatehouse.api;

import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.gatehouse.access.clients.Authenticator;
import io.gatehouse.access.oauth.ManagementAccess;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
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
    private final Provider<ManagementAccess> people;
    private final RequestLimits limits;
    private final Current current;

    /** @param people later, as filters are made before every setting is known */
    @Inject
    Authentication(Authenticator authenticator, Provider<ManagementAccess> people, RequestLimits limits, Current current) {
        this.authenticator = authenticator;
        this.people = people;
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
        return caller(token(header), origin(dialect, request, connection))
                .onItem().ifNull().failWith(() -> Problem.unauthenticated(dialect.refusesToken()))
                .invoke(caller -> current.set(caller, request.getHeaderString(HttpHeaders.IF_MATCH)))
                .call(caller -> limits.take(dialect, caller))
                .invoke(() -> checkPath(connection.path()))
                .invoke(() -> checkAccept(request))
                .invoke(() -> checkContentType(request))
                .replaceWith((Response) null);
    }

    /** A client, or a person by an application; null for neither. */
    private Uni<Caller> caller(String token, Origin origin) {
        return authenticator.authenticate(token, origin).onItem().ifNull()
                .switchTo(() -> people.get().authenticate(token, origin));
    }

    private static String token(String header) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? header.substring(BEARER.length()).strip() : "";
    }

    private static Origin origin(Dialect dialect, ContainerRequestContext request, HttpServerRequest connection) {
        return new Origin(dialect.word(), (String) MDC.get("requestId"), connection.remoteAddress().hostAddress(),
                request.getHeaderString(HttpHeaders.USER_AGENT));
    }

    /** The framework would leave out what follows a semicolon, and so take one thing for another. */
    private static void checkPath(String path) {
        if (path.indexOf(';') >= 0) {
            throw Problem.notFound("Resource");
        }
    }

    /** The framework parses it where a failure would be taken for ours. */
    private static void checkAccept(ContainerRequestContext request) {
        try {
            request.getAcceptableMediaTypes();
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("invalid_accept", "Accept: not a list of media types");
        }
    }

    /** The framework takes it for granted that this is well-formed, and takes a body without one for anything. */
    private static void checkContentType(ContainerRequestContext request) {
        String contentType = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (contentType == null ? hasBody(request) : isIndefinite(contentType)) {
            throw Problem.malformed("invalid_content_type", "Content-Type: application/json is needed");
        }
    }

    private static boolean hasBody(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.getHeaderString("Transfer-Encoding") != null : !length.equals("0");
    }

    private static boolean isIndefinite(String contentType) {
        try {
            MediaType type = MediaType.valueOf(contentType);
            return type.isWildcardType() || type.isWildcardSubtype()
                    || type.getType().equals("multipart") && type.getParameters().getOrDefault("boundary", "").isEmpty();
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
