package io.gatehouse.servers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import org.jboss.logging.Logger;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.upstreams.Upstreams;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to deleted servers, which can come back for a while. */
@Singleton
public class RecycleBin {

    private static final Logger LOG = Logger.getLogger(RecycleBin.class);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration POSTPONED = Duration.ofDays(1);
    private static final int MOST_AT_ONCE = 100;

    private final Servers servers;
    private final ServerRows rows;
    private final ServerStore store;
    private final ServerDefinitions definitions;
    private final Upstreams upstreams;
    private final Changes changes;
    private final Clock clock;

    @Inject
    RecycleBin(Servers servers, ServerRows rows, ServerStore store, ServerDefinitions definitions,
            Upstreams upstreams, Changes changes, Clock clock) {
        this.servers = servers;
        this.rows = rows;
        this.store = store;
        this.definitions = definitions;
        this.upstreams = upstreams;
        this.changes = changes;
        this.clock = clock;
    }

    /** Puts a server here: from when this completes nobody is served, and its relative URI is free. */
    public Uni<Void> discard(Caller caller, ServerKey key) {
        caller.require(Permission.DELETE_SERVERS);
        return Panache.withTransaction(() -> rows.lock(caller, key).chain(row -> {
            row.deletedAt = clock.instant();
            row.purgeAfter = row.deletedAt.plus(KEPT);
            return rows.gone(caller, row, "discarded");
        })).call(changes::settle);
    }

    /** Newest first. */
    @WithSession
    public Uni<Page<ServerDefinition>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_SERVERS);
        return store.deleted(caller, slice).chain(page -> definitions.show(caller, page));
    }

    /** As the server was, tokens included; fails with INVALID when its relative URI is taken meanwhile. */
    public Uni<ServerDefinition> restore(Caller caller, ServerKey key) {
        caller.require(Permission.DELETE_SERVERS);
        return Panache.withTransaction(() -> rows.lockDeleted(caller, key)
                .chain(row -> store.holdUri(row.workspaceId, row.relativeUri)
                        .chain(() -> store.isTaken(row.workspaceId, row.relativeUri, row.id))
                        .chain(taken -> {
                            if (taken) {
                                throw Problem.invalidField("relativeURI", "mcp_server_duplicate_relative_uri",
                                        "relativeURI: another server goes by " + DraftRules.shortened(row.relativeUri)
                                                + " now");
                            }
                            row.deletedAt = null;
                            row.purgeAfter = null;
                            return rows.finish(caller, row, List.of(
                                    ServerRows.deed(row, "restored", Map.of(), ServerFields.of(row).asMap())));
                        }))
                .chain(row -> definitions.show(caller, row))).call(changes::settle);
    }

    /** Removes for good what has been here for its time; some of it, for one transaction. */
    @WithTransaction
    public Uni<Integer> purge() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return store.overdue(now, MOST_AT_ONCE)
                .chain(overdue -> Multi.createFrom().iterable(overdue)
                        .onItem().transformToUniAndConcatenate(row -> isNeeded(row)
                                .chain(needed -> needed ? postpone(row, now) : purge(row)).replaceWith(row))
                        .collect().asList())
                .map(overdue -> (int) overdue.stream().filter(row -> row.purgeAfter.compareTo(now) <= 0).count())
                .invoke(count -> {
                    if (count > 0) {
                        LOG.infof("Removed %d MCP servers for good that were deleted 30 days ago", count);
                    }
                });
    }

    private Uni<Void> purge(ServerEntity row) {
        return rows.gone(system(row), row, "purged").chain(() -> servers.purge(system(row), row));
    }

    /** Whether other servers offer tools of what would go with this one. */
    private Uni<Boolean> isNeeded(ServerEntity row) {
        Uni<Boolean> no = Uni.createFrom().item(false);
        return row.upstreamId == null ? no
                : store.count("upstreamId", row.upstreamId).chain(alike -> alike > 1 ? no
                        : upstreams.standsAlone(row.upstreamId).chain(alone -> alone ? no
                                : store.offering(row.upstreamId).map(users -> !users.isEmpty())));
    }

    private Uni<Void> postpone(ServerEntity row, Instant now) {
        row.purgeAfter = now.plus(POSTPONED);
        return store.flush();
    }

    private static Caller system(ServerEntity row) {
        return new Caller(row.workspaceId, "system", EnumSet.allOf(Permission.class), null, Origin.SYSTEM);
    }
}
