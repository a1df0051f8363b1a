package io.gatehouse.access.clients;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

import io.gatehouse.journal.audit.Deed;
import io.gatehouse.journal.audit.Secret;

/** What the ledger says of clients. */
final class ClientDeeds {

    private static final String NAME = "name";

    private ClientDeeds() {
    }

    static Deed created(ApiClientEntity row) {
        return deed(row, "created", Map.of(), fields(row));
    }

    static Deed deleted(ApiClientEntity row) {
        return deed(row, "deleted", fields(row), Map.of());
    }

    static Deed regenerated(ApiClientEntity row, Map<String, Object> before) {
        return deed(row, "token_regenerated", before, fields(row));
    }

    static Deed changed(ApiClientEntity row, Map<String, Object> before) {
        boolean wasRevoked = (boolean) before.get("revoked");
        if (wasRevoked != (row.revokedAt != null)) {
            return deed(row, wasRevoked ? "reinstated" : "revoked", before, fields(row));
        }
        return deed(row, row.name.equals(before.get(NAME)) ? "updated" : "renamed", before, fields(row));
    }

    static Map<String, Object> fields(ApiClientEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(NAME, row.name);
        fields.put("description", row.description);
        fields.put("role", row.role.name);
        fields.put("role_id", row.role.id);
        fields.put("project_ids", row.allProjects ? null : new TreeSet<>(row.projects));
        fields.put("all_projects", row.allProjects);
        fields.put("ip_allow_list", AllowList.texts(row.ipAllowList));
        fields.put("expires_at", row.expiresAt == null ? null : row.expiresAt.toString());
        fields.put("revoked", row.revokedAt != null);
        fields.put("token", Secret.of(row.tokenId));
        return fields;
    }

    private static Deed deed(ApiClientEntity row, String verb, Map<String, Object> before, Map<String, Object> after) {
        return Deed.of("api_client", verb, row.id, row.name, before, after);
    }
}
