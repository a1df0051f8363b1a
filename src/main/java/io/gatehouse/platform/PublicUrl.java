package io.gatehouse.platform;

import java.net.URI;
import java.util.Locale;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Where clients and people reach Gatehouse. */
@Singleton
public class PublicUrl {

    private final String url;

    @Inject
    public PublicUrl(@ConfigProperty(name = "gatehouse.public-url") String url) {
        this.url = url.replaceFirst("/+$", "");
    }

    /** @param path begins with a slash */
    public String below(String path) {
        return url + path;
    }

    public String origin() {
        return origin(url);
    }

    /** As browsers write it (RFC 6454): in lower case, without the scheme's own port and without a path. */
    public static String origin(String url) {
        URI uri = URI.create(url.strip());
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isDefault = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (isDefault ? "" : ":" + uri.getPort());
    }
}
