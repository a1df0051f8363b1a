package io.gatehouse.access.oauth;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.nimbusds.oauth2.sdk.Scope;

/** The scopes of MCP servers: to look, and to change; and that of the management API, where roles say the rest. */
public final class Scopes {

    public static final String READ = "mcp:read";
    public static final String WRITE = "mcp:write";

    public static final String MANAGEMENT = "management";

    /** What clients of MCP servers are told to ask for. */
    public static final List<String> ALL = List.of(READ, WRITE);

    private Scopes() {
    }

    /** Those that there are of what is asked for; all of them where nothing is. */
    static Set<String> granted(Collection<String> offered, Scope asked) {
        Set<String> granted = new LinkedHashSet<>(offered);
        if (asked != null && !asked.isEmpty()) {
            granted.retainAll(asked.toStringList());
        }
        return granted;
    }

    static Set<String> parse(String stored) {
        return stored.isEmpty() ? Set.of() : Set.of(stored.split(" "));
    }

    static String format(Set<String> scopes) {
        return String.join(" ", scopes);
    }
}
