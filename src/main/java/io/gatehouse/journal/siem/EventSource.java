package io.gatehouse.journal.siem;

import java.util.ArrayList;
import java.util.List;

import io.gatehouse.journal.activity.Feed;
import io.gatehouse.journal.activity.FeedStretch;
import io.gatehouse.journal.audit.AuditFeed;
import io.gatehouse.platform.Workers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Reads what a destination has not got yet, so much as is sent at once. */
@Singleton
class EventSource {

    private static final int MOST_ENTRIES = 250;
    private static final int MOST_DEEDS = 100;
    private static final int MOST_BYTES = 1024 * 1024;

    private final Feed feed;
    private final AuditFeed trail;
    private final DeadLetters letters;
    private final Vertx vertx;

    @Inject
    EventSource(Feed feed, AuditFeed trail, DeadLetters letters, Vertx vertx) {
        this.feed = feed;
        this.trail = trail;
        this.letters = letters;
        this.vertx = vertx;
    }

    /** Dead letters that somebody wants to be tried again come first. */
    Uni<Batch> read(Claim claim) {
        return letters.again(claim.destination(), MOST_DEEDS).chain(again -> again.isEmpty() ? readLogs(claim)
                : Uni.createFrom().item(new Batch(again, List.of(), claim.progress(), false)));
    }

    private Uni<Batch> readLogs(Claim claim) {
        Progress before = claim.progress();
        Uni<List<AuditFeed.Told>> deeds = claim.audit()
                ? trail.after(claim.workspace(), before.audit(), MOST_DEEDS)
                : Uni.createFrom().item(List.of());
        Uni<FeedStretch> entries = claim.activity()
                ? feed.after(before.activity(), claim.workspace(), claim.level(), MOST_ENTRIES)
                : Uni.createFrom().item(new FeedStretch(List.of(), before.activity(), true));
        return deeds.chain(done -> entries.chain(stretch -> Workers.run(vertx, () -> batch(before, done, stretch))));
    }

    private static Batch batch(Progress before, List<AuditFeed.Told> deeds, FeedStretch stretch) {
        Gathering gathering = new Gathering(before);
        for (AuditFeed.Told deed : deeds) {
            if (!gathering.add(LogEvent.of(LogEvent.AUDIT, deed.entry()), gathering.reached.with(deed.seq()))) {
                return gathering.cut();
            }
        }
        for (FeedStretch.Told entry : stretch.entries()) {
            if (!gathering.add(LogEvent.of(LogEvent.ACTIVITY, entry.entry()), gathering.reached.with(entry.position()))) {
                return gathering.cut();
            }
        }
        return new Batch(gathering.events, gathering.after, gathering.reached.with(stretch.next()),
                stretch.isLast() && deeds.size() < MOST_DEEDS);
    }

    /** As much as fits. */
    private static final class Gathering {

        private final List<LogEvent> events = new ArrayList<>();
        private final List<Progress> after = new ArrayList<>();
        private Progress reached;
        private int bytes;

        Gathering(Progress before) {
            this.reached = before;
        }

        boolean add(LogEvent event, Progress then) {
            bytes += event.size();
            if (bytes > MOST_BYTES && !events.isEmpty()) {
                return false;
            }
            events.add(event);
            after.add(then);
            reached = then;
            return true;
        }

        Batch cut() {
            return new Batch(events, after, reached, false);
        }
    }
}
