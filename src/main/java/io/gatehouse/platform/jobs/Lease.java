package io.gatehouse.platform.jobs;

import java.util.function.Supplier;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Lets one replica at a time do a job: in a transaction that holds the job's lock in the database, which is free again
 * when the transaction ends, however it ends.
 */
@Singleton
public class Lease {

    /** Does the work, or nothing where another replica is at it; tells whether it was done. */
    public Uni<Boolean> alone(String job, Supplier<? extends Uni<?>> work) {
        return Panache.withTransaction(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(
                        "select pg_try_advisory_xact_lock(hashtextextended(?1, 0))", Boolean.class)
                        .setParameter(1, "job:" + job).getSingleResult())
                .chain(free -> free ? work.get().replaceWith(true) : Uni.createFrom().item(false)));
    }
}
