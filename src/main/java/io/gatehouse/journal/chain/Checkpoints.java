package io.gatehouse.journal.chain;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.gatehouse.platform.Role;
import io.gatehouse.platform.jobs.Lease;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Signs what each chain has come to. What is new since the last checkpoint is verified first: a chain that does not fit is
 * never signed again. Each checkpoint is in the log too, where whoever owns the database can't reach it. Its metrics are there
 * from the start, or nobody would see the first increase.
 */
@Startup
@Singleton
public class Checkpoints {

    private static final Logger LOG = Logger.getLogger(Checkpoints.class);

    /** Entries, after which a checkpoint does not wait for its time. */
    private static final int MANY = 1_000;
    private static final int MOST_AT_ONCE = 10_000;

    private static final String DUE = """
            select w.id, least(head.seq, coalesce(c.seq, 0) + $2), coalesce(c.seq, 0)
            from workspace w
            cross join lateral (
                select seq from audit_link where workspace_id = w.id order by seq desc limit 1) head
            left join lateral (
                select seq, created_at from audit_checkpoint where workspace_id = w.id order by seq desc limit 1) c on true
            where head.seq >= coalesce(c.seq, 0) + $3
                or head.seq > coalesce(c.seq, 0) and (c is null or c.created_at <= now() - $1 * interval '1 second')
            order by w.id""";

    private final Pool pool;
    private final ChainRows rows;
    private final CheckpointKeys keys;
    private final Lease lease;
    private final Role role;
    private final Clock clock;
    private final Duration interval;
    private final Counter signed;
    private final Counter broken;

    @Inject
    Checkpoints(Pool pool, ChainRows rows, CheckpointKeys keys, Lease lease, Role role, Clock clock, MeterRegistry registry,
            @ConfigProperty(name = "gatehouse.audit.checkpoint-interval", defaultValue = "10m") Duration interval) {
        this.pool = pool;
        this.rows = rows;
        this.keys = keys;
        this.lease = lease;
        this.role = role;
        this.clock = clock;
        this.interval = interval;
        this.signed = Counter.builder("gatehouse.audit.checkpoints").description("Signed checkpoints of the audit trail")
                .register(registry);
        this.broken = Counter.builder("gatehouse.audit.broken")
                .description("Times that a chain of the audit trail was not as it was written").register(registry);
    }

    /** A workspace with entries from one place to another that are not signed. */
    private record Due(long workspace, long seq, long previous) {
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> run() {
        return !role.servesControl() ? Uni.createFrom().voidItem()
                : lease.alone("audit-checkpoints", this::signDue).replaceWithVoid();
    }

    /** Those whose time has come, one after the other. */
    Uni<Void> signDue() {
        return pool.preparedQuery(DUE).execute(Tuple.of(interval.toSeconds(), MOST_AT_ONCE, MANY))
                .map(Checkpoints::due).toMulti().flatMap(Multi.createFrom()::iterable)
                .onItem().transformToUniAndConcatenate(this::sign).collect().asList().replaceWithVoid();
    }

    private static List<Due> due(RowSet<Row> found) {
        List<Due> due = new ArrayList<>();
        found.forEach(row -> due.add(new Due(row.getLong(0), row.getLong(1), row.getLong(2))));
        return due;
    }

    private Uni<Void> sign(Due due) {
        return pool.query("select jwk from audit_key").execute().chain(jwks -> {
            List<String> known = new ArrayList<>();
            jwks.forEach(row -> known.add(row.getString(0)));
            return rows.between(due.workspace, due.previous, due.seq).chain(found -> sign(due, found, new TrustedKeys(known)));
        });
    }

    private Uni<Void> sign(Due due, List<ChainRow> found, TrustedKeys trusted) {
        List<Fault> faults = new ArrayList<>();
        Chain chain = due.previous == 0 ? Chain.fromItsBeginning(due.workspace, trusted, Map.of(), faults::add)
                : Chain.fromCheckpoint(due.workspace, due.previous, trusted, faults::add);
        found.forEach(chain::follow);
        if (!faults.isEmpty() || chain.last() != due.seq) {
            broken.increment();
            LOG.errorf("The audit trail of workspace %d is not as it was written, and is signed no more: %s", due.workspace,
                    faults.isEmpty() ? "it ends early" : faults.get(0).toString());
            return Uni.createFrom().voidItem();
        }
        Checkpoint checkpoint = new Checkpoint(due.workspace, due.seq, chain.hash(), due.previous, clock.instant());
        return keys.sign(checkpoint.payload()).chain(done -> keep(checkpoint, done));
    }

    private Uni<Void> keep(Checkpoint checkpoint, CheckpointKeys.Signed done) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("insert into audit_key (id, jwk) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(done.keyId(), done.jwk()))
                .chain(() -> connection
                        .preparedQuery("insert into audit_checkpoint (workspace_id, seq, signed) values ($1, $2, $3)")
                        .execute(Tuple.of(checkpoint.workspace(), checkpoint.seq(), done.jws()))))
                .invoke(() -> {
                    signed.increment();
                    LOG.infof("Audit checkpoint of workspace %d at seq %d: %s", checkpoint.workspace(), checkpoint.seq(),
                            done.jws());
                }).replaceWithVoid();
    }
}
