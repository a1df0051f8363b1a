package io.gatehouse.journal.siem;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.journal.activity.Feed;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.AuditFeed;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to where a workspace's log and audit trail are streamed. */
@Singleton
public class Destinations {

    static final String TYPE = "log_destination";
    /** Of a workspace. */
    static final int MOST = 10;
    private static final Credentials NONE = new Credentials(null, null, Map.of());

    private final DestinationStore store;
    private final Standings standings;
    private final Feed feed;
    private final AuditFeed trail;
    private final Outbound outbound;
    private final Vault vault;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Destinations(DestinationStore store, Standings standings, Feed feed, AuditFeed trail, Outbound outbound, Vault vault,
            Audit audit, Clock clock) {
        this.store = store;
        this.standings = standings;
        this.feed = feed;
        this.trail = trail;
        this.outbound = outbound;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    public Uni<List<Destination>> list(Caller caller) {
        requireReader(caller);
        return Panache.withSession(() -> store.of(caller.workspaceId())).chain(rows -> Multi.createFrom().iterable(rows)
                .onItem().transformToUniAndConcatenate(this::shown).collect().asList());
    }

    public Uni<Destination> get(Caller caller, long id) {
        requireReader(caller);
        return Panache.withSession(() -> store.one(caller.workspaceId(), id)).onItem().ifNull()
                .failWith(Destinations::unknown).chain(this::shown);
    }

    /** It gets what is recorded from now on. */
    public Uni<Destination> create(Caller caller, NewDestination wish) {
        requireEditor(caller);
        Fresh fresh = fresh(caller, wish);
        return check(fresh.target()).chain(() -> now(caller)).chain(from -> Panache.withTransaction(() -> store
                .count("workspaceId", caller.workspaceId()).invoke(Destinations::requireRoom)
                .chain(() -> begin(caller, fresh, from))))
                .chain(this::shown);
    }

    /** One that is not there yet. */
    record Fresh(DestinationEntity row, Target target, Credentials credentials) {
    }

    Fresh fresh(Caller caller, NewDestination wish) {
        DestinationEntity row = new DestinationEntity();
        row.workspaceId = caller.workspaceId();
        row.kind = DestinationFields.kind(wish.kind());
        row.enabled = true;
        row.activity = true;
        row.audit = true;
        row.level = "info";
        DestinationFields.apply(row, wish);
        Target target = DestinationFields.target(row.kind, null, wish);
        row.target = StoredJson.write(target);
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        return new Fresh(row, target, CredentialFields.of(NONE, wish, true));
    }

    /** Within a transaction. */
    Uni<DestinationEntity> begin(Caller caller, Fresh fresh, Progress from) {
        DestinationEntity row = fresh.row();
        return store.persistAndFlush(row)
                .invoke(() -> row.sealedCredentials = fresh.credentials().seal(vault, row.id)).chain(store::flush)
                .chain(() -> store.begin(row.id, from))
                .chain(() -> audit.note(caller, Deed.of(TYPE, "created", row.id, row.name, Map.of(),
                        DestinationFields.told(row, fresh.target(), fresh.credentials()))))
                .replaceWith(row);
    }

    /** @param there before another one comes */
    static void requireRoom(long there) {
        if (there >= MOST) {
            throw Problem.conflict("too_many_destinations", "A workspace has " + MOST + " log destinations at most");
        }
    }

    /** A log that it did not get before, it gets from now on. */
    public Uni<Destination> change(Caller caller, long id, NewDestination wish) {
        requireEditor(caller);
        return Panache.withSession(() -> store.one(caller.workspaceId(), id)).onItem().ifNull()
                .failWith(Destinations::unknown)
                .chain(row -> check(DestinationFields.target(row.kind, target(row), wish)))
                .chain(() -> now(caller)).chain(from -> Panache.withTransaction(() -> store.lock(caller.workspaceId(), id)
                        .onItem().ifNull().failWith(Destinations::unknown).chain(row -> change(caller, row, wish, from))))
                .chain(this::shown);
    }

    /** Within a transaction that holds the row. */
    Uni<DestinationEntity> change(Caller caller, DestinationEntity row, NewDestination wish, Progress now) {
        Target target = target(row);
        Credentials credentials = credentials(row);
        boolean hadActivity = row.activity;
        boolean hadAudit = row.audit;
        Map<String, Object> before = DestinationFields.told(row, target, credentials);
        DestinationFields.apply(row, wish);
        Target wished = DestinationFields.target(row.kind, target, wish);
        Credentials kept = CredentialFields.of(credentials, wish, wished.origin().equals(target.origin()));
        Map<String, Object> after = DestinationFields.told(row, wished, kept);
        if (before.equals(after)) {
            return Uni.createFrom().item(row);
        }
        row.target = StoredJson.write(wished);
        row.sealedCredentials = kept.seal(vault, row.id);
        row.updatedAt = clock.instant();
        return store.flush().chain(() -> store.notice(row.id))
                .chain(() -> row.activity && !hadActivity ? store.moveActivity(row.id, now) : Uni.createFrom().item(0))
                .chain(() -> row.audit && !hadAudit ? store.moveAudit(row.id, now) : Uni.createFrom().item(0))
                .chain(() -> audit.note(caller, Deed.of(TYPE, "updated", row.id, row.name, before, after)))
                .replaceWith(row);
    }

    public Uni<Void> delete(Caller caller, long id) {
        requireEditor(caller);
        return Panache.withTransaction(() -> store.lock(caller.workspaceId(), id)
                .onItem().ifNull().failWith(Destinations::unknown).chain(row -> delete(caller, row)));
    }

    /** Within a transaction that holds the row. */
    Uni<Void> delete(Caller caller, DestinationEntity row) {
        return audit.note(caller, Deed.of(TYPE, "deleted", row.id, row.name,
                DestinationFields.told(row, target(row), credentials(row)), Map.of())).chain(() -> store.delete(row));
    }

    /** It gets again what was recorded since then. */
    public Uni<Destination> replay(Caller caller, long id, Instant from) {
        requireEditor(caller);
        if (from == null) {
            throw DestinationFields.wrong("from", "missing_required_field", "from is required");
        }
        if (from.isAfter(clock.instant())) {
            throw DestinationFields.wrong("from", "invalid_field_value", "from: a time in the past is needed");
        }
        Uni<Progress> since = feed.since(from).chain(
                position -> trail.since(caller.workspaceId(), from).map(seq -> new Progress(position, seq)));
        return since.chain(progress -> Panache.withTransaction(() -> store.lock(caller.workspaceId(), id)
                .onItem().ifNull().failWith(Destinations::unknown)
                .call(row -> store.moveActivity(id, progress)).call(row -> store.moveAudit(id, progress))
                .call(row -> store.notice(id))
                .call(row -> audit.note(caller, Deed.of(TYPE, "replayed", row.id, row.name, Map.of(),
                        Map.of("from", from.toString()))))))
                .chain(this::shown);
    }

    Uni<Progress> now(Caller caller) {
        return feed.now()
                .chain(position -> trail.now(caller.workspaceId()).map(seq -> new Progress(position, seq)));
    }

    /** Without TLS only within the deployment's own networks. */
    Uni<Void> check(Target target) {
        Uni<Boolean> isSafe = target.uri().getScheme().equals("http") ? outbound.isInside(target.uri().getHost())
                : Uni.createFrom().item(true);
        return isSafe.invoke(safe -> {
            if (!safe) {
                throw DestinationFields.wrong("url", "invalid_field_value",
                        "url: https is needed, but for addresses that gatehouse.outbound.allowed-ranges names");
            }
        }).onFailure(failure -> failure instanceof Problem problem && problem.kind() != Problem.Kind.INVALID)
                .transform(failure -> DestinationFields.wrong("url", "invalid_field_value", "url: " + failure.getMessage()))
                .replaceWithVoid();
    }

    static Target target(DestinationEntity row) {
        return StoredJson.read(row.target, new TypeReference<>() {
        });
    }

    private Credentials credentials(DestinationEntity row) {
        return Credentials.open(vault, row.id, row.sealedCredentials);
    }

    Uni<Destination> shown(DestinationEntity row) {
        Credentials credentials = credentials(row);
        return standings.of(row.id).onItem().ifNull().failWith(Destinations::unknown)
                .map(status -> new Destination(row.id, row.name, row.kind, row.enabled, target(row),
                        credentials.token() != null, credentials.password() != null, credentials.headers().keySet(),
                        row.activity, row.audit, row.level, status, row.createdAt, row.updatedAt));
    }

    static void requireReader(Caller caller) {
        caller.require(Permission.VIEW_LOG_STREAMING);
        caller.requireWholeWorkspace();
    }

    static void requireEditor(Caller caller) {
        caller.require(Permission.MANAGE_LOG_STREAMING);
        caller.requireWholeWorkspace();
    }

    static Problem unknown() {
        return Problem.notFound("Log destination");
    }
}
