package io.gatehouse.upstreams;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which tools of an upstream may be served at all.
 *
 * @param names as the upstream calls them; null for every tool
 */
public record AllowedTools(List<String> names) {

    public static final AllowedTools ALL = new AllowedTools(null);

    public boolean areAll() {
        return names == null;
    }

    /** Tells of a tool, by what the upstream calls it, whether it is among them; made for many questions. */
    Predicate<String> membership() {
        if (areAll()) {
            return name -> true;
        }
        Set<String> members = new HashSet<>(names);
        return members::contains;
    }
}
