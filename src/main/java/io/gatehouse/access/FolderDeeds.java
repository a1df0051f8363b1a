package io.gatehouse.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gatehouse.journal.audit.Deed;

/** What the ledger says of folders; the own folder of a project stands for the project. */
final class FolderDeeds {

    private static final String NAME = "name";

    private FolderDeeds() {
    }

    static Deed created(FolderEntity row) {
        return deed(row, "created", Map.of(), fields(row));
    }

    static Deed changed(FolderEntity row, Map<String, Object> before) {
        return deed(row, row.name.equals(before.get(NAME)) ? "updated" : "renamed", before, fields(row));
    }

    static List<Deed> deleted(List<FolderEntity> rows) {
        return rows.stream().map(row -> deed(row, "deleted", fields(row), Map.of())).toList();
    }

    static Map<String, Object> fields(FolderEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(NAME, row.name);
        fields.put("description", row.description);
        fields.put(row.parentId == null ? "folder_id" : "parent_id", row.parentId == null ? row.id : row.parentId);
        return fields;
    }

    private static Deed deed(FolderEntity row, String verb, Map<String, Object> before, Map<String, Object> after) {
        return row.parentId == null
                ? Deed.of("project", verb, row.projectId, row.name, before, after)
                : Deed.of("folder", verb, row.id, row.name, before, after);
    }
}
