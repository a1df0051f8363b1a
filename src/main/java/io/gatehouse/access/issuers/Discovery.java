package io.gatehouse.access.issuers;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

import io.gatehouse.access.issuers.Documents.Document;
import io.gatehouse.access.issuers.Published.Fetched;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Finds out where an issuer has its keys (RFC 8414, OpenID Connect Discovery). */
@Singleton
class Discovery {

    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private static final Set<String> WEB = Set.of("http", "https");

    private final Documents documents;
    private final Published<Metadata> published;

    @Inject
    Discovery(Documents documents, Clock clock) {
        this.documents = documents;
        this.published = new Published<>("issuers-metadata", clock, this::find);
    }

    /**
     * @param introspection null where the issuer offers none
     * @param provider of OpenID Connect, as which the issuer may be of no use
     */
    record Metadata(URI keys, URI introspection, OpenIdProvider provider) {
    }

    Uni<Metadata> of(String issuer) {
        return published.get(issuer);
    }

    private Uni<Fetched<Metadata>> find(String issuer) {
        return find(issuer, addresses(issuer));
    }

    /** An issuer that can't be reached, or whose document is none, may have a good one elsewhere. */
    private Uni<Fetched<Metadata>> find(String issuer, List<URI> addresses) {
        Uni<Fetched<Metadata>> found = documents.get(addresses.get(0)).map(document -> read(issuer, document));
        return addresses.size() == 1 ? found
                : found.onFailure(Discovery::mayBeElsewhere)
                        .recoverWithUni(first -> find(issuer, addresses.subList(1, addresses.size()))
                                .onFailure().transform(last -> first));
    }

    private static boolean mayBeElsewhere(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.UPSTREAM;
    }

    /** The usual place first. An issuer has neither a query nor a fragment (RFC 8414, section 2). */
    private static List<URI> addresses(String issuer) {
        URI uri = uri(issuer, "The issuer");
        if (uri.getRawAuthority() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw Problem.upstream("The issuer is no URL of a host and a path", null);
        }
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        String path = uri.getRawPath().endsWith("/")
                ? uri.getRawPath().substring(0, uri.getRawPath().length() - 1)
                : uri.getRawPath();
        return Stream.of(origin + path + OPENID, origin + OAUTH + path, origin + OPENID + path).distinct()
                .map(URI::create).toList();
    }

    static Fetched<Metadata> read(String issuer, Document document) {
        Map<String, Object> metadata;
        try {
            metadata = JsonUtil.parseJson(document.text());
        } catch (JoseException e) {
            throw Problem.upstream("The issuer's metadata is no JSON object", e);
        }
        if (!issuer.equals(metadata.get("issuer"))) {
            throw Problem.upstream("The metadata at the issuer is another issuer's", null);
        }
        return new Fetched<>(new Metadata(endpoint(issuer, metadata, "jwks_uri"),
                endpoint(issuer, metadata, "introspection_endpoint"), provider(issuer, metadata)), document.lifetime());
    }

    private static OpenIdProvider provider(String issuer, Map<String, Object> metadata) {
        return new OpenIdProvider(page(issuer, metadata, "authorization_endpoint"),
                page(issuer, metadata, "token_endpoint"), page(issuer, metadata, "userinfo_endpoint"),
                page(issuer, metadata, "end_session_endpoint"),
                Boolean.TRUE.equals(metadata.get("authorization_response_iss_parameter_supported")),
                metadata.get("token_endpoint_auth_methods_supported") instanceof List<?> methods
                        && methods.contains("client_secret_post") && !methods.contains("client_secret_basic"));
    }

    /** One that is no good is none: tokens can be checked all the same. Browsers are sent there, so the scheme matters. */
    private static URI page(String issuer, Map<String, Object> metadata, String name) {
        try {
            URI uri = endpoint(issuer, metadata, name);
            return uri != null && uri.getHost() != null && WEB.contains(String.valueOf(uri.getScheme())) ? uri : null;
        } catch (Problem e) {
            return null;
        }
    }

    /** Keys and secrets of an issuer that is called by TLS don't travel without. */
    private static URI endpoint(String issuer, Map<String, Object> metadata, String name) {
        Object value = metadata.get(name);
        if (value == null) {
            return null;
        }
        URI uri = uri(value.toString(), name);
        if ("https".equalsIgnoreCase(URI.create(issuer).getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw Problem.upstream("The issuer's " + name + " is no https URL", null);
        }
        return uri;
    }

    private static URI uri(String text, String what) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw Problem.upstream(what + " is no URL", e);
        }
    }
}
