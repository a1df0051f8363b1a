package io.gatehouse.platform.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;

/** Turns one PostgreSQL URL into the settings that both drivers (reactive and, for migrations, JDBC) need. */
public final class DatabaseSettings {

    private DatabaseSettings() {
    }

    /**
     * @param url {@code postgresql://[user[:password]@]host[:port]/database[?parameters]}; {@code postgres://} works too
     * @throws IllegalArgumentException for anything else; does not show the URL, which may hold a password
     */
    public static Map<String, String> of(String url) {
        URI uri = parse(url.strip().replaceFirst("^(jdbc:)?postgres(ql)?://", "postgresql://"));
        String place = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.datasource.reactive.url", "postgresql://" + place);
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://" + place);
        if (uri.getUserInfo() != null) {
            String[] user = uri.getUserInfo().split(":", 2);
            settings.put("quarkus.datasource.username", user[0]);
            if (user.length > 1) {
                settings.put("quarkus.datasource.password", user[1]);
            }
        }
        return settings;
    }

    private static URI parse(String url) {
        try {
            URI uri = new URI(url);
            if ("postgresql".equals(uri.getScheme()) && uri.getHost() != null && uri.getPath().length() > 1) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Its message shows the URL, so it goes no further.
        }
        throw new IllegalArgumentException("not of the form postgresql://user:password@host:port/database");
    }
}
