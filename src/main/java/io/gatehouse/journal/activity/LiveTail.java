package io.gatehouse.journal.activity;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.journal.activity.FeedStretch.Told;
import io.gatehouse.kernel.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Shows what is recorded while it is, whichever replica records it. One reader of the feed serves all who look, and only
 * while somebody does.
 */
@Singleton
public class LiveTail {

    private static final Logger LOG = Logger.getLogger(LiveTail.class);
    private static final long PAUSE_MILLIS = 500;
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_WATCHERS = 100;
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Feed feed;
    private final Vertx vertx;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private boolean reading;

    @Inject
    LiveTail(Feed feed, Vertx vertx, MeterRegistry registry) {
        this.feed = feed;
        this.vertx = vertx;
        registry.gaugeCollectionSize("gatehouse.activity.watchers", List.of(), watchers);
    }

    private record Watcher(long serverId, MultiEmitter<? super ObjectNode> out) {
    }

    /** @throws Problem LIMITED where as many look on as may: each of them may have entries that wait for a slow reader */
    public void requireRoom() {
        if (watchers.size() >= MOST_WATCHERS) {
            throw Problem.limited(MOST_WATCHERS + " look on already", RETRY);
        }
    }

    /** The entries of a server from now on, for this long. Fails for who reads too slowly. */
    public Multi<ObjectNode> watch(long serverId, Duration length) {
        return Multi.createFrom().<ObjectNode> emitter(out -> {
            Watcher watcher = new Watcher(serverId, out);
            watchers.add(watcher);
            long end = vertx.setTimer(length.toMillis(), over -> out.complete());
            out.onTermination(() -> {
                vertx.cancelTimer(end);
                watchers.remove(watcher);
            });
            begin();
        }, BackPressureStrategy.IGNORE).onOverflow().buffer(MOST_WAITING);
    }

    private synchronized void begin() {
        if (!reading) {
            reading = true;
            feed.now().subscribe().with(this::read, failure -> retry(null, failure));
        }
    }

    private void read(FeedPosition from) {
        feed.after(from, MOST_AT_ONCE).subscribe().with(stretch -> {
            stretch.entries().forEach(this::show);
            if (!isOver()) {
                if (stretch.isLast()) {
                    later(stretch.next());
                } else {
                    read(stretch.next());
                }
            }
        }, failure -> retry(from, failure));
    }

    private synchronized boolean isOver() {
        reading = !watchers.isEmpty();
        return !reading;
    }

    private void later(FeedPosition from) {
        vertx.setTimer(PAUSE_MILLIS, pause -> read(from));
    }

    private void retry(FeedPosition from, Throwable failure) {
        LOG.debugf("The log can't be read now: %s", failure);
        if (isOver()) {
            return;
        }
        vertx.setTimer(PAUSE_MILLIS, pause -> {
            if (from == null) {
                feed.now().subscribe().with(this::read, again -> retry(null, again));
            } else {
                read(from);
            }
        });
    }

    private void show(Told told) {
        for (Watcher watcher : watchers) {
            if (watcher.serverId() == told.serverId()) {
                watcher.out().emit(told.entry());
            }
        }
    }
}
