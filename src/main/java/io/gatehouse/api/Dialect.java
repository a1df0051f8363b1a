package io.gatehouse.api;

import java.util.Locale;

/** The dialects of the management API, told apart by the path. */
public enum Dialect {
    WORKATO("/api", "An API client token is needed: Authorization: Bearer <token>", "The API client token is not valid"),
    CELIGO("/v1", "Unauthorized", "Bearer Authentication Failed");

    private final String prefix;
    private final String needsToken;
    private final String refusesToken;

    Dialect(String prefix, String needsToken, String refusesToken) {
        this.prefix = prefix;
        this.needsToken = needsToken;
        this.refusesToken = refusesToken;
    }

    /** The dialect of a path, or null for one outside the management API. */
    public static Dialect of(String path) {
        for (Dialect dialect : values()) {
            if (path.equals(dialect.prefix) || path.startsWith(dialect.prefix + "/")) {
                return dialect;
            }
        }
        return null;
    }

    /** For records. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a request without an Authorization header hears. */
    String needsToken() {
        return needsToken;
    }

    /** What a request hears whose token is not good. */
    String refusesToken() {
        return refusesToken;
    }
}
