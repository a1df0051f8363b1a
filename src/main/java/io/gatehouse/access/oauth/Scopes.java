package io.gatehouse.access.oauth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.nimbusds.oauth2.sdk.Scope;

/** The scopes of MCP servers: to look, and to change. */
public final class Scopes {

    public static final String READ = "mcp:read";
    public static final String WRITE = "mcp:write";

    /** What clients are told to ask for. */
    public static final List<String> ALL = List.of(READ, WRITE);

    private Scopes() {
    }

    /** Those that there are of what is asked for; all of them where nothing is. */
    static Set<String> granted(Scope asked) {
        Set<String> granted = new LinkedHashSet<>(ALL);
        if (asked != null && !asked.isEmpty()) {
            granted.retainAll(asked.toStringList());
        }
        return granted;
    }

    static Set<String> parse(String stored) {
        return stored.isEmpty() ? Set.of() : Set.of(stored.split(" "));
    }

    static String format(Set<String> scopes) {
        return String.join(" ", ALL.stream().filter(scopes::contains).toList());
    }
}
