package io.gatehouse.upstreams;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.gatehouse.plan.Upstream;
import io.gatehouse.platform.Role;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Looks at every upstream now and then, and at once where a gateway doubts one. Replicas share the work: each upstream is
 * claimed by one of them in the database, and left alone by all for a while after that.
 */
@Singleton
public class Watch {

    private static final Logger LOG = Logger.getLogger(Watch.class);
    private static final Duration LEAST_BETWEEN_DOUBTS = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 16;
    private static final int MOST_DOUBTS = 100;

    private final UpstreamStore store;
    private final Checkups checkups;
    private final Changes changes;
    private final Role role;
    private final Vertx vertx;
    private final Clock clock;
    private final Duration every;
    private final Set<Long> doubted = ConcurrentHashMap.newKeySet();

    @Inject
    Watch(UpstreamStore store, Checkups checkups, Changes changes, Role role, Vertx vertx, Clock clock,
            @ConfigProperty(name = "gatehouse.upstreams.check-every") Duration every) {
        this.store = store;
        this.checkups = checkups;
        this.changes = changes;
        this.role = role;
        this.vertx = vertx;
        this.clock = clock;
        this.every = every;
    }

    void start(@Observes StartupEvent start) {
        if (role.servesControl()) {
            changes.listen(topic -> {
                Long id = Upstream.doubted(topic);
                if (id != null && doubted.size() < MOST_DOUBTS && doubted.add(id)) {
                    look(id);
                }
            });
        }
    }

    /** Looks at all that nobody has looked at for most of the time between two runs. */
    @Scheduled(every = "{gatehouse.upstreams.check-every}", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> run() {
        return !role.servesControl() ? Uni.createFrom().voidItem()
                : Multi.createBy().repeating()
                        .uni(() -> OwnContext.run(vertx, () -> store.claimDue(clock.instant(),
                                clock.instant().minus(every.multipliedBy(3).dividedBy(4)), MOST_AT_ONCE)))
                        .until(List::isEmpty)
                        .onItem().transformToIterable(ids -> ids)
                        .onItem().transformToUni(this::check).merge(MOST_AT_ONCE)
                        .collect().last().replaceWithVoid();
    }

    private Uni<Void> check(long id) {
        return OwnContext.run(vertx, () -> checkups.check(id)).onFailure()
                .invoke(failure -> LOG.errorf(failure, "Upstream %d could not be checked", id))
                .onFailure().recoverWithNull();
    }

    /** Once the last look is long enough ago; a doubt that is heard meanwhile is this one. */
    private void look(long id) {
        claim(id).chain(claimed -> claimed ? check(id)
                : Uni.createFrom().voidItem().onItem().delayIt().by(LEAST_BETWEEN_DOUBTS)
                        .chain(() -> claim(id)).chain(late -> late ? check(id) : Uni.createFrom().voidItem()))
                .onTermination().invoke(() -> doubted.remove(id))
                .subscribe().with(done -> {
                }, failure -> LOG.warnf(failure, "Upstream %d was doubted, and could not be checked", id));
    }

    private Uni<Boolean> claim(long id) {
        return OwnContext.run(vertx, () -> store.claim(id, clock.instant(),
                clock.instant().minus(LEAST_BETWEEN_DOUBTS)));
    }
}
