package io.gatehouse.journal.audit;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to what the ledger has, which concerns the whole workspace: who is kept to some projects sees none of it. */
@Singleton
public class AuditTrail {

    private final AuditStore store;

    @Inject
    AuditTrail(AuditStore store) {
        this.store = store;
    }

    /**
     * The newest first.
     *
     * @param before the id of the entry that the page follows, or null
     */
    @WithSession
    public Uni<Page<AuditEntry>> find(Caller caller, AuditFilter filter, Long before, Page.Slice slice) {
        requireReader(caller);
        return store.newestFirst(caller.workspaceId(), filter, before, slice).map(page -> page.map(AuditEntity::toEntry));
    }

    @WithSession
    public Uni<Long> count(Caller caller, AuditFilter filter) {
        requireReader(caller);
        return store.count(caller.workspaceId(), filter);
    }

    private static void requireReader(Caller caller) {
        caller.require(Permission.VIEW_AUDIT);
        caller.requireWholeWorkspace();
    }
}
