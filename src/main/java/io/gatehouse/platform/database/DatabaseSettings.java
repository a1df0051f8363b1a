package io.gatehouse.platform.database;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Turns one PostgreSQL URL into the settings that both drivers (reactive and, for migrations, JDBC) need. */
final class DatabaseSettings {

    private DatabaseSettings() {
    }

    /**
     * @param url {@code postgresql://[user[:password]@]host[:port]/database[?parameters]}; {@code postgres://} works too
     */
    static Map<String, String> of(String url) {
        URI uri = URI.create(url.replaceFirst("^(jdbc:)?postgres(ql)?://", "postgresql://"));
        if (!"postgresql".equals(uri.getScheme()) || uri.getHost() == null || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw new IllegalArgumentException("not of the form postgresql://user:password@host:port/database");
        }
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
}
