package io.gatehouse.servers;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.platform.PublicUrl;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.servers.catalogue.Icon;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * What the doors to servers share: to find and hold the row that a key names, and to finish a write, so that each write
 * has a new version, an audit entry and a notice. Works in the caller's transaction.
 */
@Singleton
class ServerRows {

    /** The type of thing in the audit ledger. */
    static final String TYPE = "mcp_server";

    private final ServerStore store;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;
    private final PublicUrl publicUrl;

    @Inject
    ServerRows(ServerStore store, Audit audit, Changes changes, Clock clock,
            PublicUrl publicUrl) {
        this.store = store;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /** Fails with NOT_FOUND where the caller sees no such server. */
    Uni<ServerEntity> find(Caller caller, ServerKey key) {
        return store.one(caller, key).map(row -> visible(caller, row));
    }

    /**
     * The same, held until the transaction ends, so that writers of one server follow one another. Fails with STALE when
     * the server is not what the key takes it to be.
     */
    Uni<ServerEntity> lock(Caller caller, ServerKey key) {
        return store.lock(caller, key).map(row -> visible(caller, row)).invoke(row -> {
            if (key.versions() != null && !key.versions().contains(row.version)) {
                throw Problem.stale();
            }
        });
    }

    Uni<ServerEntity> lockDeleted(Caller caller, ServerKey key) {
        return store.lockDeleted(caller, key).map(row -> visible(caller, row));
    }

    private static ServerEntity visible(Caller caller, ServerEntity row) {
        if (row == null || !caller.sees(row.projectId)) {
            throw ServerKey.notFound();
        }
        return row;
    }

    /** Finishes a write that may have changed the row's own fields, which were as given. */
    Uni<ServerEntity> finish(Caller caller, ServerEntity row, ServerFields before, Deed... more) {
        return finish(caller, row, before.deeds(row, more), before.relativeUri());
    }

    /** Finishes a write that left the row's own fields as they were. */
    Uni<ServerEntity> finish(Caller caller, ServerEntity row, List<Deed> deeds) {
        return finish(caller, row, deeds, row.relativeUri);
    }

    private Uni<ServerEntity> finish(Caller caller, ServerEntity row, List<Deed> deeds, String formerUri) {
        Instant now = clock.instant();
        row.updatedAt = now.isAfter(row.updatedAt) ? now : row.updatedAt.plus(1, ChronoUnit.MICROS);
        return store.flush().chain(() -> audit.note(caller, deeds)).chain(() -> announce(row, formerUri))
                .replaceWith(row);
    }

    /** Every name by which a gateway may know the server, or may know that there is none. */
    Uni<Void> announce(ServerEntity row, String formerUri) {
        return Multi.createFrom().items(row.handle, row.relativeUri.substring(1), formerUri.substring(1))
                .select().distinct().select().where(PlanSource::isHandle)
                .onItem().transformToUniAndConcatenate(name -> changes.announce(PlanSource.topic(name)))
                .collect().last();
    }

    Uni<Void> created(Caller caller, ServerEntity row) {
        return audit.note(caller, Deed.of(TYPE, "created", row.objectId, row.name, Map.of(),
                ServerFields.of(row).asMap())).chain(() -> announce(row, row.relativeUri));
    }

    Uni<Void> gone(Caller caller, ServerEntity row, String verb) {
        return audit.note(caller, Deed.of(TYPE, verb, row.objectId, row.name, ServerFields.of(row).asMap(), Map.of()))
                .chain(() -> announce(row, row.relativeUri));
    }

    /** For what a write does beside the row's own fields, before it is finished. */
    Uni<Void> note(Caller caller, List<Deed> deeds) {
        return audit.note(caller, deeds);
    }

    static Deed deed(ServerEntity row, String verb, Map<String, ?> before, Map<String, ?> after) {
        return Deed.of(TYPE, verb, row.objectId, row.name, before, after);
    }

    Server show(ServerEntity row) {
        ExternalOAuth oauth = OAuthConfig.of(row);
        AuthenticationMethod method = oauth != null && row.authenticationMethod == AuthenticationMethod.TOKEN
                ? AuthenticationMethod.SSO
                : row.authenticationMethod;
        return new Server(row.id, row.objectId, row.handle, row.relativeUri, row.name, row.description,
                Icon.read(row.icons), row.enabled, row.projectId, row.folderId, row.toolCount, method, oauth,
                publicUrl.below("/mcp/" + row.handle),
                row.upstreamId, row.version, row.createdAt, row.updatedAt, row.deletedAt);
    }
}
