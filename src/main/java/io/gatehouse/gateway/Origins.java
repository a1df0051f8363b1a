package io.gatehouse.gateway;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.platform.PublicUrl;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The web origins whose pages may talk to MCP servers. */
@Singleton
public class Origins {

    private final Set<String> allowed = new HashSet<>();

    @Inject
    Origins(PublicUrl publicUrl,
            @ConfigProperty(name = "gatehouse.allowed-origins") Optional<List<String>> more) {
        allowed.add(publicUrl.origin());
        more.ifPresent(origins -> origins.forEach(origin -> allowed.add(PublicUrl.origin(origin))));
    }

    /** @param origin as a browser sent it */
    public boolean allow(String origin) {
        return allowed.contains(origin);
    }
}
