package io.gatehouse.access.clients;

import java.util.List;

/**
 * Which projects a client is to see.
 *
 * @param ids null for all
 * @param areFolders whether the ids are those of the projects' own folders
 */
public record ProjectScope(List<Long> ids, boolean areFolders) {

    public static final ProjectScope ALL = new ProjectScope(null, false);

    boolean isAll() {
        return ids == null;
    }

    String field() {
        return areFolders ? "folder_ids" : "project_ids";
    }
}
