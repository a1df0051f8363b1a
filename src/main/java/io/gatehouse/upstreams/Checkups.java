package io.gatehouse.upstreams;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

import org.jboss.logging.Logger;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The door to how upstreams are: looks, and records what has changed. Nothing is held while an upstream is waited for; what
 * was asked earlier never overwrites what was asked later.
 */
@Singleton
public class Checkups {

    private static final Logger LOG = Logger.getLogger(Checkups.class);

    private final UpstreamStore store;
    private final UpstreamRows rows;
    private final ToolRecords records;
    private final Scout scout;
    private final Changes changes;
    private final Clock clock;

    @Inject
    Checkups(UpstreamStore store, UpstreamRows rows, ToolRecords records, Scout scout, Changes changes, Clock clock) {
        this.store = store;
        this.rows = rows;
        this.records = records;
        this.scout = scout;
        this.changes = changes;
        this.clock = clock;
    }

    /** What came of looking: a sighting or a failure. */
    private record Look(Target target, Instant asOf, Sighting sighting, Problem failure) {
    }

    /** Looks now. What is wrong with the upstream is its state, and no failure of this. */
    public Uni<Registration> refresh(Caller caller, long id) {
        return check(caller, id).call(changed -> changed ? changes.settle() : Uni.createFrom().voidItem())
                .chain(() -> Panache.withSession(() -> store.findById(id).onItem().ifNull()
                        .failWith(() -> Problem.notFound("Remote MCP server"))
                        .chain(row -> rows.show(List.of(row)))))
                .map(shown -> shown.get(id));
    }

    /** The same for nobody in particular. */
    Uni<Void> check(long id) {
        return check(null, id).replaceWithVoid();
    }

    /** Whether something has changed that plans depend on. */
    private Uni<Boolean> check(Caller caller, long id) {
        return Panache.withSession(() -> store.findById(id)).chain(row -> {
            if (row == null) {
                return Uni.createFrom().item(false);
            }
            Caller who = caller != null ? caller
                    : new Caller(row.workspaceId, "system", EnumSet.noneOf(Permission.class), null, Origin.SYSTEM);
            return look(row.target())
                    .chain(look -> Panache.withTransaction(() -> store.lock(id).chain(now -> record(who, now, look))))
                    .call(() -> rows.lead(who, id));
        });
    }

    private Uni<Look> look(Target target) {
        Instant asked = clock.instant();
        return scout.look(target).map(sighting -> new Look(target, sighting.asOf(), sighting, null))
                .onFailure(Problem.class).recoverWithItem(failure -> new Look(target, asked, null, failure));
    }

    private Uni<Boolean> record(Caller caller, UpstreamEntity row, Look look) {
        if (row == null || row.checkedAt.isAfter(look.asOf()) || !row.target().equals(look.target())) {
            return Uni.createFrom().item(false);
        }
        State former = row.state;
        if (look.failure() != null) {
            row.set(state(look.failure()), look.failure().getMessage(), look.asOf());
            tell(row, former);
            return Uni.createFrom().item(false);
        }
        row.set(State.HEALTHY, look.sighting().oddity(), look.asOf());
        tell(row, former);
        boolean isOther = row.era != look.sighting().era() || !WholeText.same(row.card, look.sighting().card());
        if (isOther) {
            row.era = look.sighting().era();
            row.card = look.sighting().card();
        }
        return records.compare(row, look.sighting()).chain(difference -> difference.isNone()
                ? isOther ? rows.announce(row).replaceWith(true) : Uni.createFrom().item(false)
                : rows.finish(caller, row, difference).replaceWith(true));
    }

    private static State state(Problem failure) {
        return switch (failure.code()) {
            case "upstream_refused" -> State.REFUSED;
            case "not_mcp", "upstream_moved", "too_large" -> State.INVALID;
            default -> State.UNREACHABLE;
        };
    }

    private static void tell(UpstreamEntity row, State former) {
        if (row.state != former) {
            LOG.infof("Upstream %s is %s%s", row.objectId, row.state,
                    row.stateDetail == null ? "" : ": " + row.stateDetail);
        }
    }
}
