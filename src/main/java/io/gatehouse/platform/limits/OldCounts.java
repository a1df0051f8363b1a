package io.gatehouse.platform.limits;

import io.gatehouse.platform.jobs.Lease;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Removes what nobody counts any more; one replica at a time does it. */
@Singleton
class OldCounts {

    private static final String CALLS = """
            delete from call_counter where started_at < clock_timestamp() - case span
                when 'minute' then interval '2 hours' when 'hour' then interval '2 days' else interval '13 months' end""";

    /** Waits for no row, so that nothing waits in a circle. */
    private static final String PLACES = """
            delete from call_place where key in (select key from call_place where not exists (
                select from jsonb_each(holders)
                where cast(value ->> 1 as float8) > extract(epoch from clock_timestamp())) for update skip locked)""";

    private final Lease lease;

    @Inject
    OldCounts(Lease lease) {
        this.lease = lease;
    }

    @Scheduled(every = "10m", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> remove() {
        return lease.alone("old-counts", () -> remove(CALLS).chain(() -> remove(PLACES))).replaceWithVoid();
    }

    private static Uni<Integer> remove(String statement) {
        return Panache.getSession().chain(session -> session.createNativeQuery(statement).executeUpdate());
    }
}
