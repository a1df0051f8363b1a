package io.gatehouse.access.oauth;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.kernel.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Where authorization codes may be sent: to web pages, to programs on the person's own machine, and to applications that
 * own a scheme (RFC 8252): one with a dot, as a domain backwards has, or one that is configured.
 */
@Singleton
class RedirectUris {

    static final String INVALID = "invalid_redirect_uri";

    private static final int MOST = 20;
    private static final int LONGEST = 2_000;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private final List<String> schemes;

    @Inject
    RedirectUris(@ConfigProperty(name = "gatehouse.identity.redirect-schemes", defaultValue = "cursor,vscode,"
            + "vscode-insiders,vscodium,windsurf,zed,claude") List<String> schemes) {
        this.schemes = schemes;
    }

    /** @throws Problem INVALID that says which is not allowed, and why */
    void check(List<String> uris) {
        if (uris.isEmpty() || uris.size() > MOST) {
            throw Problem.invalid(INVALID, "redirect_uris: 1 to " + MOST + " are needed");
        }
        uris.forEach(this::check);
    }

    private void check(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw refused(text, "not a URI");
        }
        if (text.length() > LONGEST || uri.getScheme() == null || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null) {
            throw refused(text, "an absolute URI without a fragment and a user is needed, of " + LONGEST
                    + " characters at most");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean allowed = switch (scheme) {
            case "https" -> uri.getHost() != null;
            case "http" -> isLoopback(uri);
            default -> schemes.contains(scheme) || scheme.indexOf('.') > 0;
        };
        if (!allowed) {
            throw refused(text, scheme.equals("http") ? "plain http is for the person's own machine only"
                    : "gatehouse.identity.redirect-schemes can allow the scheme");
        }
    }

    private static Problem refused(String uri, String why) {
        return Problem.invalid(INVALID, "redirect_uris: " + (uri.length() > 200 ? uri.substring(0, 200) : uri) + ": " + why);
    }

    static boolean isLoopback(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null
                && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    static boolean differInPortOnly(String registered, String sent) {
        try {
            URI one = URI.create(registered);
            URI other = URI.create(sent);
            return isLoopback(one) && isLoopback(other) && other.getRawUserInfo() == null
                    && withoutPort(one).equals(withoutPort(other));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT) + uri.getRawPath() + '?' + uri.getRawQuery() + '#' + uri.getRawFragment();
    }
}
