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

/**
 * The hosts that requests to MCP servers may be for. A web page whose own name was made to lead here (DNS rebinding) names
 * another one; addresses, and names that no stranger can own, are never such a page's.
 */
@Singleton
public class Hosts {

    private final Set<String> allowed = new HashSet<>();

    @Inject
    Hosts(@ConfigProperty(name = "gatehouse.public-url") String publicUrl,
            @ConfigProperty(name = "gatehouse.allowed-hosts") Optional<List<String>> more) {
        allowed.add(normal(URI.create(publicUrl).getHost()));
        more.ifPresent(names -> names.forEach(name -> allowed.add(normal(name.strip()))));
    }

    /** @param host without a port */
    public boolean allow(String host) {
        String name = normal(host);
        return allowed.contains(name) || isNobodysName(name);
    }

    /** Nobody can register a name of one label, one below localhost, or one that ends in a number as IPv4 addresses do. */
    private static boolean isNobodysName(String name) {
        int lastDot = name.lastIndexOf('.');
        return lastDot < 0 || name.startsWith("[") || name.endsWith(".localhost") || isNumber(name, lastDot + 1);
    }

    private static boolean isNumber(String name, int from) {
        int i = from;
        while (i < name.length() && name.charAt(i) >= '0' && name.charAt(i) <= '9') {
            i++;
        }
        return i == name.length();
    }

    /** Names are equal in any case, and with a dot at their end. */
    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
