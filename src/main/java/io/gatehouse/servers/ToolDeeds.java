package io.gatehouse.servers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gatehouse.journal.audit.Deed;

/** What is done to a server's tools, in the words of the audit ledger. */
final class ToolDeeds {

    private static final String ENABLED = "enabled";

    private ToolDeeds() {
    }

    static Map<String, Object> fields(ServerToolEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("tool_id", row.endpointId);
        fields.put("name", row.name);
        fields.put("description", row.description);
        fields.put(ENABLED, row.enabled);
        fields.put("annotations", row.annotations);
        fields.put("overrides", row.overrides);
        fields.values().removeIf(Objects::isNull);
        return fields;
    }

    static Deed added(ServerEntity server, ServerToolEntity row) {
        return ServerRows.deed(server, "tool_added", Map.of(), Map.of("tool", fields(row)));
    }

    static Deed removed(ServerEntity server, ServerToolEntity row) {
        return ServerRows.deed(server, "tool_removed", Map.of("tool", fields(row)), Map.of());
    }

    /** None when nothing has changed; starting and stopping are told apart from other changes. */
    static List<Deed> changed(ServerEntity server, ServerToolEntity row, Map<String, Object> before) {
        Map<String, Object> after = fields(row);
        List<Deed> deeds = new ArrayList<>();
        if (!before.get(ENABLED).equals(row.enabled)) {
            deeds.add(deed(server, row.enabled ? "tool_started" : "tool_stopped", row, before, after));
            before.put(ENABLED, row.enabled);
        }
        if (!before.equals(after)) {
            deeds.add(deed(server, "tool_changed", row, before, after));
        }
        return deeds;
    }

    private static Deed deed(ServerEntity server, String verb, ServerToolEntity row, Map<String, Object> before,
            Map<String, Object> after) {
        return ServerRows.deed(server, verb, Map.of("tool", Map.copyOf(before)), Map.of("tool", after));
    }
}
