package io.gatehouse.gateway.stage;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.gateway.Located;
import io.gatehouse.kernel.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Keeps foreign web pages out: a request that names an origin must name one of ours (MCP, Streamable HTTP, security). */
@Singleton
public class Admit {

    private final Set<String> origins = new HashSet<>();

    @Inject
    Admit(@ConfigProperty(name = "gatehouse.public-url") String publicUrl,
            @ConfigProperty(name = "gatehouse.allowed-origins") Optional<List<String>> allowedOrigins) {
        origins.add(origin(URI.create(publicUrl)));
        allowedOrigins.ifPresent(origins::addAll);
    }

    /** As browsers write it (RFC 6454): in lower case, without the scheme's own port. */
    private static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        boolean isDefault = url.getPort() < 0 || url.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + (isDefault ? "" : ":" + url.getPort());
    }

    /** @throws Problem FORBIDDEN */
    public void check(Located located) {
        String origin = located.arrival().header("Origin");
        if (origin != null && !origins.contains(origin)) {
            throw Problem.forbidden("The origin " + origin + " is not allowed; gatehouse.allowed-origins can allow it");
        }
    }
}
