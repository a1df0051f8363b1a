package io.gatehouse.journal.siem;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.gatehouse.platform.Role;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Looks now and then which destinations it may hold, and gives each a {@link Turn}: so many at once, and no two for one
 * destination. Replicas that serve the control plane do this; calls of MCP servers are nowhere near it.
 */
@Singleton
class Shipper {

    private static final Logger LOG = Logger.getLogger(Shipper.class);
    private static final int MOST_AT_ONCE = 32;

    private final Cursors cursors;
    private final EventSource source;
    private final Protocols protocols;
    private final SiemMeters meters;
    private final Backoff backoff;
    private final Duration lease;
    private final boolean isAtWork;
    private final String holder = UUID.randomUUID().toString();
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();

    @Inject
    Shipper(Cursors cursors, EventSource source, Protocols protocols, SiemMeters meters, Role role,
            @ConfigProperty(name = "gatehouse.siem.lease", defaultValue = "60s") Duration lease,
            @ConfigProperty(name = "gatehouse.siem.shortest-wait", defaultValue = "1s") Duration shortest,
            @ConfigProperty(name = "gatehouse.siem.longest-wait", defaultValue = "5m") Duration longest) {
        this(cursors, source, protocols, meters, new Backoff(shortest, longest), lease, role.servesControl());
    }

    Shipper(Cursors cursors, EventSource source, Protocols protocols, SiemMeters meters, Backoff backoff, Duration lease,
            boolean isAtWork) {
        this.cursors = cursors;
        this.source = source;
        this.protocols = protocols;
        this.meters = meters;
        this.backoff = backoff;
        this.lease = lease;
        this.isAtWork = isAtWork;
    }

    @Scheduled(every = "${gatehouse.siem.every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return !isAtWork ? Uni.createFrom().voidItem()
                : cursors.standings(holder).invoke(meters::tell).chain(() -> cursors.due(holder)).invoke(this::begin)
                        .onFailure().invoke(failure -> LOG.debugf("Nothing can be streamed now: %s", failure))
                        .onFailure().recoverWithNull().replaceWithVoid();
    }

    private void begin(List<Long> due) {
        for (Long destination : due) {
            if (busy.size() < MOST_AT_ONCE && busy.add(destination)) {
                turn(destination).onTermination().invoke(() -> busy.remove(destination)).subscribe().with(done -> {
                }, failure -> LOG.warnf("Log destination %d was not served: %s", destination, failure));
            }
        }
    }

    /** One turn of a destination, if it is free. */
    Uni<Void> turn(long destination) {
        return cursors.claim(holder, destination, lease).onItem().ifNotNull().transformToUni(
                claim -> new Turn(cursors, source, protocols.of(claim.kind()), backoff, holder, lease, meters, claim).run());
    }
}
