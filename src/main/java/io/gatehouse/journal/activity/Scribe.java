package io.gatehouse.journal.activity;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.gatehouse.journal.activity.Backlog.Waiting;
import io.gatehouse.kernel.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;

/**
 * Commits what waits, all at once that came while the last commit was under way, on a thread of its own. What can't be
 * committed now is tried again until it can.
 */
final class Scribe implements Runnable {

    private static final Logger LOG = Logger.getLogger(Scribe.class);
    private static final int MOST_AT_ONCE = 2_000;
    private static final Duration RETRY = Duration.ofMillis(250);

    private final Backlog backlog;
    private final EntryWriter writer;
    private final ActivityStore store;
    private final Gaps gaps;
    private final Clock clock;
    private final Duration delay;
    private final Duration patience;
    private final Timer commits;
    private final Counter dropped;
    private volatile boolean ending;
    private volatile boolean stuck;
    /** Who came before that heard already that it takes too long. */
    private long toldUntil = System.nanoTime();

    /**
     * @param writer of gaps
     * @param delay between two commits; zero for none at all
     * @param patience of those who wait for their commit; zero where they are answered without it
     * @param dropped counts what can never be committed
     */
    Scribe(Backlog backlog, EntryWriter writer, ActivityStore store, Gaps gaps, Clock clock, Duration delay, Duration patience,
            Timer commits, Counter dropped) {
        this.backlog = backlog;
        this.writer = writer;
        this.store = store;
        this.gaps = gaps;
        this.clock = clock;
        this.delay = delay;
        this.patience = patience;
        this.commits = commits;
        this.dropped = dropped;
    }

    /** Whether the last attempt failed. */
    boolean isStuck() {
        return stuck;
    }

    /** From now on it ends when nothing waits any more. */
    void end() {
        ending = true;
    }

    @Override
    public void run() {
        List<Waiting> taken = List.of();
        try {
            while (!ending || backlog.size() > 0) {
                taken = next();
                if (!taken.isEmpty()) {
                    write(taken);
                    backlog.done(taken);
                    taken = List.of();
                }
            }
        } catch (InterruptedException e) {
            int left = taken.size() + backlog.size();
            if (left > 0) {
                dropped.increment(left);
                LOG.errorf("Stopped before %d entries of the activity log were committed", left);
            }
        } finally {
            store.close();
        }
    }

    private List<Waiting> next() throws InterruptedException {
        if (delay.isZero()) {
            return backlog.await(MOST_AT_ONCE);
        }
        if (backlog.size() < MOST_AT_ONCE && !ending) {
            Thread.sleep(delay.toMillis());
        }
        return backlog.take(MOST_AT_ONCE);
    }

    private void write(List<Waiting> taken) throws InterruptedException {
        List<Written> entries = new ArrayList<>(taken.size());
        taken.forEach(waiting -> entries.add(waiting.entry()));
        gaps.tell(clock.instant()).forEach(gap -> entries.add(writer.write(gap)));
        commit(entries, taken);
        answer(taken, null);
    }

    private void commit(List<Written> entries, List<Waiting> taken) throws InterruptedException {
        boolean again = false;
        while (true) {
            long began = System.nanoTime();
            try {
                if (!again || !store.has(entries)) {
                    store.commit(entries);
                }
                commits.record(Duration.ofNanos(System.nanoTime() - began));
                recovered();
                return;
            } catch (SQLException | RuntimeException e) {
                store.drop();
                again = true;
                wait(taken, e);
            }
        }
    }

    private void recovered() {
        if (stuck) {
            stuck = false;
            LOG.info("The activity log is written again");
        }
    }

    private void wait(List<Waiting> taken, Exception why) throws InterruptedException {
        if (!stuck) {
            stuck = true;
            LOG.warnf("The activity log can't be written now: %s", why.getMessage());
        }
        if (patience.isZero()) {
            answer(Stream.concat(taken.stream(), backlog.stream()).toList(), null);
        } else {
            tellTheLate(taken, why);
        }
        Thread.sleep(RETRY.toMillis());
    }

    private void tellTheLate(List<Waiting> taken, Exception why) {
        long late = System.nanoTime() - patience.toNanos();
        answer(Stream.concat(taken.stream(), backlog.stream())
                .filter(waiting -> waiting.since() - late < 0 && waiting.since() - toldUntil >= 0).toList(), why);
        toldUntil = late;
    }

    /** Everybody hears it at home, once for each home. */
    private static void answer(List<Waiting> taken, Exception why) {
        Map<Context, List<Waiting>> homes = new HashMap<>();
        for (Waiting waiting : taken) {
            if (waiting.asker() != null) {
                homes.computeIfAbsent(waiting.home(), home -> new ArrayList<>()).add(waiting);
            }
        }
        homes.forEach((home, there) -> home.runOnContext(here -> there.forEach(waiting -> {
            if (why == null) {
                waiting.asker().complete(null);
            } else {
                waiting.asker().fail(Problem.unavailable(
                        "The call may have been carried out, but it can't be recorded now, so its answer is withheld", why));
            }
        })));
    }
}
