package io.gatehouse.gateway;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The web origins whose pages may talk to MCP servers. */
@Singleton
public class Origins {

    private final Set<String> allowed = new HashSet<>();

    @Inject
    Origins(@ConfigProperty(name = "gatehouse.public-url") String publicUrl,
            @ConfigProperty(name = "gatehouse.allowed-origins") Optional<List<String>> more) {
        allowed.add(origin(publicUrl));
        more.ifPresent(origins -> origins.forEach(origin -> allowed.add(origin(origin))));
    }

    /** As browsers write it (RFC 6454): in lower case, without the scheme's own port and without a path. */
    private static String origin(String url) {
        URI uri = URI.create(url.strip());
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isDefault = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (isDefault ? "" : ":" + uri.getPort());
    }

    /** @param origin as a browser sent it */
    public boolean allow(String origin) {
        return allowed.contains(origin);
    }
}
