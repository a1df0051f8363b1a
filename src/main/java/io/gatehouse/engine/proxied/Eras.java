package io.gatehouse.engine.proxied;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What results say of the era of the server that made them. */
public final class Eras {

    private static final List<String> MODERN_FIELDS = List.of("resultType", "ttlMs", "cacheScope");

    private Eras() {
    }

    /** The result without it, everything else untouched. */
    public static ObjectNode forget(ObjectNode result) {
        result.remove(MODERN_FIELDS);
        if (result.path("_meta") instanceof ObjectNode meta) {
            meta.remove("io.modelcontextprotocol/serverInfo");
            if (meta.isEmpty()) {
                result.remove("_meta");
            }
        }
        return result;
    }
}
