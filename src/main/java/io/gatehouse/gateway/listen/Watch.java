package io.gatehouse.gateway.listen;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import io.gatehouse.gateway.protocol.PublishedServers;
import io.gatehouse.gateway.stage.Admit;
import io.gatehouse.gateway.stage.Authenticate;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Looks at servers that somebody stays at, when something about them changes. Changes that come together are looked at
 * together, each server once, and a few servers at a time.
 */
@Singleton
public class Watch {

    private static final Logger LOG = Logger.getLogger(Watch.class);
    private static final Duration TOGETHER = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int AT_ONCE = 8;

    private final PublishedServers servers;
    private final Admit admit;
    private final Authenticate authenticate;
    private final Clock clock;
    private final Vertx vertx;
    private final Map<String, WatchedServer> watched = new ConcurrentHashMap<>();
    private final Queue<WatchedServer> waiting = new ArrayDeque<>();
    private int looking;

    @Inject
    Watch(PublishedServers servers, Admit admit, Authenticate authenticate, Changes changes, Clock clock, Vertx vertx) {
        this.servers = servers;
        this.admit = admit;
        this.authenticate = authenticate;
        this.clock = clock;
        this.vertx = vertx;
        changes.listen(this::heard);
    }

    /**
     * From now on the guest sees what becomes of the server that it was let in to, also what has become of it since.
     *
     * @return for the guest to go by itself
     */
    public Runnable stay(Visit visit, Guest guest) {
        Stay stay = new Stay(admit, authenticate, visit, guest);
        WatchedServer server = watched.compute(stay.server(), (name, there) -> {
            WatchedServer here = there == null ? new WatchedServer(name) : there;
            here.enter(stay, visit.ingredients());
            return here;
        });
        stir(server, TOGETHER);
        expire(server, stay);
        return () -> {
            vertx.cancelTimer(stay.timer());
            stay.end();
            exit(stay);
        };
    }

    /** By the clock on the wall, which may have been set meanwhile. */
    private void expire(WatchedServer server, Stay stay) {
        if (stay.until() != null) {
            long left = Duration.between(clock.instant(), stay.until()).toMillis();
            if (left < 0) {
                stir(server, TOGETHER);
            } else {
                stay.timer(vertx.setTimer(left + 1, id -> expire(server, stay)));
            }
        }
    }

    private void exit(Stay stay) {
        watched.computeIfPresent(stay.server(), (name, server) -> server.exit(stay) ? null : server);
    }

    private void heard(String topic) {
        for (WatchedServer server : watched.values()) {
            if (server.concerns(topic)) {
                stir(server, TOGETHER);
            }
        }
    }

    private void stir(WatchedServer server, Duration later) {
        if (server.stir()) {
            vertx.setTimer(later.toMillis(), id -> look(server));
        }
    }

    private void look(WatchedServer server) {
        synchronized (waiting) {
            waiting.add(server);
        }
        lookAtNext();
    }

    private void lookAtNext() {
        WatchedServer server;
        synchronized (waiting) {
            server = looking < AT_ONCE ? waiting.poll() : null;
            looking += server == null ? 0 : 1;
        }
        if (server != null) {
            server.beginLooking();
            inContext(() -> servers.find(server.name()).chain(server::show).subscribe().with(left -> {
                left.forEach(this::exit);
                done(server, TOGETHER);
            }, failure -> {
                LOG.debugf("Can't look at server %s: %s", server.name(), failure);
                server.stir();
                done(server, RETRY);
            }));
        }
    }

    private void done(WatchedServer server, Duration again) {
        if (server.endLooking()) {
            vertx.setTimer(again.toMillis(), id -> look(server));
        }
        synchronized (waiting) {
            looking--;
        }
        lookAtNext();
    }

    /** Of its own, for what is read from the database is kept with the context. */
    private void inContext(Runnable work) {
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(nothing -> work.run());
    }
}
