package io.gatehouse.journal.activity;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.journal.keeping.Retention;
import io.gatehouse.platform.Workers;
import io.gatehouse.platform.jobs.Lease;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Makes the partitions of the days to come, drops those whose time is over, and ends what was left open. */
@Singleton
class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final int DAYS_AHEAD = 7;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    /** A workspace that wants to keep less than another loses it chunk by chunk. */
    private static final String EXPIRE = """
            with kept as (select id, coalesce(days, ?3) as days from workspace
                left join activity_retention on workspace_id = id),
            shorter as (select id, days from kept where days < (select greatest(max(days), ?3) from kept))
            delete from activity_chunk entry using shorter
            where shorter.id = entry.workspace_id and entry.at < cast(?1 as timestamptz) - make_interval(days => ?2)
                and entry.at < cast(?1 as timestamptz) - make_interval(days => shorter.days)""";

    /** The day and what all workspaces chose, in short: what was looked for before is looked for again when either differs. */
    private static final String TERMS = """
            select ?1 || ' ' || md5(coalesce(string_agg(workspace_id || ':' || days, ' ' order by workspace_id), ''))
            from activity_retention""";

    private final Lease lease;
    private final Clock clock;
    private final AgroalDataSource database;
    private final Vertx vertx;
    private final int days;
    private final Duration surelyOver;
    private volatile String expired;

    @Inject
    Upkeep(Lease lease, Clock clock, Retention retention, AgroalDataSource database, Vertx vertx,
            @ConfigProperty(name = "gatehouse.gateway.max-stream-duration", defaultValue = "1h") Duration longestStream) {
        this.lease = lease;
        this.clock = clock;
        this.database = database;
        this.vertx = vertx;
        this.days = retention.standard();
        this.surelyOver = longestStream.multipliedBy(2);
    }

    @Scheduled(every = "${gatehouse.activity.upkeep-every:10m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return lease.alone("activity", this::work)
                .onFailure().invoke(failure -> LOG.warnf("The activity log was not kept in order: %s", failure))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    Uni<Void> work() {
        Instant now = clock.instant();
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        return Panache.getSession().chain(session -> session
                .createNativeQuery("select cast(activity_make_partitions(?1, ?2) as text)", String.class)
                .setParameter(1, today).setParameter(2, DAYS_AHEAD).getSingleResultOrNull()
                .chain(made -> Workers.run(vertx, () -> interrupt(now.minus(surelyOver))))
                .chain(() -> session.createNativeQuery(TERMS, String.class).setParameter(1, today.toString())
                        .getSingleResult())
                .chain(terms -> terms.equals(expired) ? Uni.createFrom().voidItem()
                        : expire(session, now).invoke(() -> expired = terms))
                .chain(() -> session.createNativeQuery("select coalesce(max(days), ?1) from activity_retention", Integer.class)
                        .setParameter(1, days).getSingleResult())
                .chain(longest -> session.createNativeQuery("select activity_drop_partition(?1)", Boolean.class)
                        .setParameter(1, today.minusDays(Math.max(longest, days))).getSingleResult()))
                .replaceWithVoid();
    }

    private Void interrupt(Instant before) throws SQLException {
        try (ActivityStore store = new ActivityStore(database, clock, LONGEST_ANSWER)) {
            store.interrupt(before);
            return null;
        }
    }

    /** Once a day, and after somebody chose to keep less, for it looks at everything that is old. */
    private Uni<Void> expire(Mutiny.Session session, Instant now) {
        return session.createNativeQuery("select coalesce(min(days), ?1) from activity_retention", Integer.class)
                .setParameter(1, days).getSingleResult()
                .call(() -> session.createNativeQuery("select cast(siem_note_lost(?1, ?2) as text)", String.class)
                        .setParameter(1, now).setParameter(2, days).getSingleResultOrNull())
                .chain(shortest -> session.createNativeQuery(EXPIRE).setParameter(1, now)
                        .setParameter(2, Math.min(shortest, days)).setParameter(3, days).executeUpdate())
                .replaceWithVoid();
    }
}
