package io.gatehouse.upstreams;

import java.util.List;

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
}
