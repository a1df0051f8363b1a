package io.gatehouse.journal.activity;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import io.gatehouse.platform.Workers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** One search for a page: reads chunk after chunk, the newest first, until no entry that is wanted can be missing. */
final class LogSearch {

    private static final int FEW_CHUNKS = 8;

    private static final int GROWTH = 16;
    private static final double MARGIN = 1.5;
    private static final int SAMPLE = 2_000;
    private static final double MOST_IN_VAIN = 8_000;

    /** So many entries are taken apart after one statement, or a few more. */
    private static final double MANY_ENTRIES = 20_000;
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final SqlConnection connection;
    private final long serverId;
    private final LogFilter filter;
    private final LogCursor after;
    private final int size;
    private final LogMatch match;
    private final long began = System.nanoTime();
    /** The newest that were found, one more than the page has. */
    private final TreeMap<LogCursor, Recorded> found = new TreeMap<>(Comparator.reverseOrder());
    private LogCursor read;
    private Row server;
    private boolean isChoosy;
    private boolean choosing;
    private long chunks;
    private long looked;

    /** @param after null for from the newest on */
    LogSearch(Vertx vertx, SqlConnection connection, long serverId, LogFilter filter, LogCursor after, int size) {
        this.vertx = vertx;
        this.connection = connection;
        this.serverId = serverId;
        this.filter = filter;
        this.after = after;
        this.size = size;
        this.match = new LogMatch(filter, after);
    }

    Uni<LogPage> run() {
        return look(FEW_CHUNKS);
    }

    private Uni<LogPage> look(int most) {
        LogQuery query = LogQuery.of(serverId, filter, after, read);
        isChoosy = query.isChoosy();
        return connection.preparedQuery(choosing ? query.chosen(most) : query.all(most)).execute(query.values())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .call(rows -> Workers.run(vertx, () -> take(rows)))
                .chain(rows -> rows.size() < most ? page(null) : isEnough() || isLong() ? page(read) : look(next()));
    }

    /**
     * What should be enough, in chunks as large as those so far; or many times what was in vain. Where that would be too many,
     * an index chooses from then on: it knows no order, so that many chunks would be sorted where most have what is wanted.
     */
    private int next() {
        double missing = size + 2.0 - found.size();
        double entries = found.isEmpty() ? (double) looked * GROWTH : MARGIN * missing * looked / found.size();
        choosing |= isChoosy && looked >= SAMPLE && entries > MOST_IN_VAIN;
        double most = isChoosy && looked < SAMPLE ? SAMPLE : MANY_ENTRIES;
        return (int) (choosing ? missing + FEW_CHUNKS : Math.max(FEW_CHUNKS, Math.min(most, entries) * chunks / looked));
    }

    private Void take(List<Row> rows) {
        for (Row chunk : rows) {
            chunks++;
            looked += chunk.getInteger("infos") + chunk.getInteger("warnings") + chunk.getInteger("errors");
            if (chunk.getBuffer("data") != null) {
                LogDocument.entries(chunk, match::admits).stream().filter(match::admits).forEach(this::keep);
            }
            read = LogDocument.place(chunk);
            server = chunk;
        }
        return null;
    }

    private void keep(Recorded entry) {
        found.put(entry.place(), entry);
        if (found.size() > size + 1) {
            found.pollLastEntry();
        }
    }

    /** Whether more is found than the page has, all of it newer than what is not read yet. */
    private boolean isEnough() {
        return found.size() > size && found.lastKey().compareTo(read) >= 0;
    }

    private boolean isLong() {
        return System.nanoTime() - began > LONGEST.toNanos();
    }

    /** @param end as far as was looked; null for to the end */
    private Uni<LogPage> page(LogCursor end) {
        List<LogCursor> sure = found.keySet().stream().filter(place -> end == null || place.compareTo(end) >= 0).toList();
        List<LogCursor> shown = sure.subList(0, Math.min(size, sure.size()));
        LogCursor next = sure.size() > size ? shown.get(size - 1) : end;
        return Uni.createFrom()
                .item(new LogPage(shown.stream().map(place -> LogDocument.of(found.get(place), server)).toList(), next));
    }
}
