package io.gatehouse.servers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.gatehouse.journal.audit.Deed;
import io.gatehouse.servers.catalogue.Source;
import io.gatehouse.upstreams.RecordedTool;

/** What is done to a server's tools, in the words of the audit ledger. */
final class ToolDeeds {

    private static final String ENABLED = "enabled";

    private ToolDeeds() {
    }

    static Map<String, Object> fields(ServerToolEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("tool_id", row.toolId());
        fields.put("name", row.name);
        fields.put("description", row.description);
        fields.put(ENABLED, row.enabled);
        fields.put("annotations", row.annotations);
        fields.put("icons", row.icons);
        fields.put("overrides", row.overrides);
        fields.values().removeIf(Objects::isNull);
        return fields;
    }

    static Map<String, Object> fields(RecordedTool tool) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("tool_id", tool.id());
        fields.put("name", tool.name());
        fields.put("description", tool.description());
        fields.put(ENABLED, tool.enabled());
        fields.values().removeIf(Objects::isNull);
        return fields;
    }

    static Deed added(ServerEntity server, ServerToolEntity row) {
        return ServerRows.deed(server, "tool_added", Map.of(), Map.of("tool", fields(row)));
    }

    static Deed removed(ServerEntity server, ServerToolEntity row) {
        return ServerRows.deed(server, "tool_removed", Map.of("tool", fields(row)), Map.of());
    }

    /** None where the server follows no other sources than before, and with the same prefixes. */
    static List<Deed> followed(ServerEntity server, List<Source> before, List<Source> after) {
        Map<Long, Source> former = before.stream().collect(Collectors.toMap(Source::upstreamId, source -> source));
        return after.stream().filter(source -> !former.containsKey(source.upstreamId())
                || !former.get(source.upstreamId()).prefix().equals(source.prefix()))
                .map(source -> ServerRows.deed(server, "source_added", Map.of(), Map.of("source", fields(source)))).toList();
    }

    static Deed left(ServerEntity server, Source source) {
        return ServerRows.deed(server, "source_removed", Map.of("source", fields(source)), Map.of());
    }

    private static Map<String, Object> fields(Source source) {
        return Map.of("upstream_id", source.upstreamId(), "prefix", source.prefix());
    }

    /** None when nothing has changed; starting and stopping are told apart from other changes. */
    static List<Deed> changed(ServerEntity server, ServerToolEntity row, Map<String, Object> before) {
        return changed(server, before, fields(row));
    }

    static List<Deed> changed(ServerEntity server, Map<String, Object> before, Map<String, Object> after) {
        List<Deed> deeds = new ArrayList<>();
        Object enabled = after.get(ENABLED);
        if (!before.get(ENABLED).equals(enabled)) {
            deeds.add(deed(server, Boolean.TRUE.equals(enabled) ? "tool_started" : "tool_stopped", before, after));
            before.put(ENABLED, enabled);
        }
        if (!before.equals(after)) {
            deeds.add(deed(server, "tool_changed", before, after));
        }
        return deeds;
    }

    private static Deed deed(ServerEntity server, String verb, Map<String, Object> before, Map<String, Object> after) {
        return ServerRows.deed(server, verb, Map.of("tool", Map.copyOf(before)), Map.of("tool", after));
    }
}
