package io.gatehouse.journal.activity;

import java.time.Instant;

/**
 * An entry that is ready to be stored, and what it takes to find it again.
 *
 * @param replaces whether an entry of the same id and time is there already, which was open
 * @param form as {@link EntryForm} writes it
 */
record Written(EntryId id, Instant at, long workspaceId, long serverId, Facets facets, boolean replaces, byte[] form) {

    static Written of(Row row, EntryForm form) {
        Entry entry = row.entry();
        Facets facets = new Facets(row.type(), row.status(), entry.question().tool(), entry.visitor().subject(),
                entry.scene().jobId());
        return new Written(entry.id(), entry.at(), entry.scene().workspaceId(), entry.scene().serverId(), facets,
                entry.replaces(), form.of(row));
    }

    boolean isOpen() {
        return facets.status() == Status.OPEN;
    }
}
