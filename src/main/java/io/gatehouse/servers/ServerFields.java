package io.gatehouse.servers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gatehouse.journal.audit.Deed;
import io.gatehouse.journal.audit.Secret;

/** A server's own fields as the audit ledger knows them, at one moment. */
record ServerFields(Map<String, Object> asMap) {

    private static final String ENABLED = "enabled";
    private static final String RELATIVE_URI = "relative_uri";
    /** What a change of a field is called; of all others, an update. */
    private static final Map<String, String> VERBS = Map.of("name", "renamed", "folder_id", "moved", "project_id",
            "moved", "authentication_method", "access_changed", "oauth", "oauth_changed", ENABLED, "switched", "client_secret",
            "oauth_changed");

    private static final List<String> ACCESS = List.of("authentication_method", "oauth", "client_secret");

    static ServerFields of(ServerEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("handle", row.handle);
        fields.put("name", row.name);
        fields.put("description", row.description);
        fields.put("icons", row.icons);
        fields.put(RELATIVE_URI, row.relativeUri);
        fields.put(ENABLED, row.enabled);
        fields.put("project_id", row.projectId);
        fields.put("folder_id", row.folderId);
        fields.put("authentication_method", row.authenticationMethod.name());
        fields.put("upstream_id", row.upstreamId);
        fields.put("oauth", row.oauth);
        fields.put("client_secret", Secret.of(row.sealedClientSecret));
        fields.values().removeIf(Objects::isNull);
        return new ServerFields(fields);
    }

    String relativeUri() {
        return (String) asMap.get(RELATIVE_URI);
    }

    /** Whether somebody else gets in now. */
    boolean hasOtherAccessThan(ServerEntity row) {
        Map<String, Object> now = of(row).asMap;
        return ACCESS.stream().anyMatch(field -> !Objects.equals(asMap.get(field), now.get(field)));
    }

    /** What was done since, one deed for each kind of change. */
    List<Deed> deeds(ServerEntity row, Deed... more) {
        Map<String, Object> now = of(row).asMap;
        Map<String, Map<String, Object>> before = new LinkedHashMap<>();
        Map<String, Map<String, Object>> after = new LinkedHashMap<>();
        asMap.forEach((field, value) -> sort(field, value, now.get(field), before));
        now.forEach((field, value) -> sort(field, value, asMap.get(field), after));
        List<Deed> deeds = new ArrayList<>(Arrays.asList(more));
        before.keySet().forEach(verb -> after.putIfAbsent(verb, Map.of()));
        after.forEach((verb, fields) -> deeds
                .add(ServerRows.deed(row, verb, before.getOrDefault(verb, Map.of()), fields)));
        return deeds;
    }

    private static void sort(String field, Object value, Object other, Map<String, Map<String, Object>> byVerb) {
        if (!value.equals(other)) {
            byVerb.computeIfAbsent(verb(field), verb -> new HashMap<>()).put(field, value);
        }
    }

    private static String verb(String field) {
        return VERBS.getOrDefault(field, "updated");
    }
}
