package io.gatehouse.journal.activity;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Reads the log of a server, the newest entries first. A cursor stays good while entries are added: what was read is not read
 * again, and what was there is not left out. The caller has checked who asks.
 */
@Singleton
public class ActivityLog {

    /** So many entries are looked into by one statement. */
    private static final int STRETCH = 20_000;
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(2);
    private static final String CANCELLED = "57014";
    private static final String PLACE = "select entry.at, entry.id from activity_entry entry ";

    private final Pool pool;

    @Inject
    ActivityLog(Pool pool) {
        this.pool = pool;
    }

    /** Fails with UNAVAILABLE for a search that takes too long. */
    public Uni<LogPage> search(long serverId, LogFilter filter, LogCursor after, int size) {
        return Reading.within(pool, connection -> filter.isDeep()
                ? look(new Search(connection, serverId, filter, size), after)
                : rows(connection, LogQuery.of(serverId, filter, after), size + 1).map(rows -> page(rows, size, null)))
                .onFailure(ActivityLog::tookTooLong).transform(failure -> Problem.unavailable(
                        "The search takes too long; a shorter time or more filters help", failure));
    }

    /** One entry; null where the server has none of this id. */
    public Uni<ObjectNode> find(long serverId, EntryId id) {
        return pool.preparedQuery(LogDocument.SELECT
                + "where entry.server_id = $1 and entry.at >= $2 and entry.at < $3 and entry.id = $4")
                .execute(Tuple.of(serverId, id.time().atOffset(ZoneOffset.UTC),
                        id.time().plusMillis(1).atOffset(ZoneOffset.UTC), id.toUuid()))
                .map(rows -> rows.size() == 0 ? null : LogDocument.of(rows.iterator().next()));
    }

    private static boolean tookTooLong(Throwable failure) {
        return failure instanceof PgException e && CANCELLED.equals(e.getSqlState());
    }

    /** One that must look into entries, stretch by stretch. */
    private static final class Search {

        private final SqlConnection connection;
        private final long serverId;
        private final LogFilter filter;
        private final int size;
        private final long began = System.nanoTime();
        private final List<Row> found = new ArrayList<>();

        Search(SqlConnection connection, long serverId, LogFilter filter, int size) {
            this.connection = connection;
            this.serverId = serverId;
            this.filter = filter;
            this.size = size;
        }

        boolean isLong() {
            return System.nanoTime() - began > LONGEST_SEARCH.toNanos();
        }
    }

    private static Uni<LogPage> look(Search search, LogCursor after) {
        return end(search, after).chain(end -> rows(search.connection,
                LogQuery.of(search.serverId, search.filter, after).deep(search.filter, end),
                search.size + 1 - search.found.size()).chain(rows -> {
                    search.found.addAll(rows);
                    boolean isDone = search.found.size() > search.size || end == null || search.isLong();
                    return isDone ? Uni.createFrom().item(page(search.found, search.size, end)) : look(search, end);
                }));
    }

    /** Where a stretch that begins here ends; null where the log does before. */
    private static Uni<LogCursor> end(Search search, LogCursor after) {
        LogQuery query = LogQuery.of(search.serverId, search.filter, after);
        return search.connection.preparedQuery(query.newestFirst(PLACE, "offset " + (STRETCH - 1) + " limit 1"))
                .execute(query.values()).map(rows -> rows.size() == 0 ? null : place(rows.iterator().next()));
    }

    private static Uni<List<Row>> rows(SqlConnection connection, LogQuery query, int most) {
        return connection.preparedQuery(query.newestFirst(LogDocument.SELECT, "limit " + most)).execute(query.values())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    private static LogCursor place(Row row) {
        return new LogCursor(row.getOffsetDateTime("at").toInstant(), row.getUUID("id"));
    }

    /** @param looked as far as was looked; null for to the end */
    private static LogPage page(List<Row> rows, int size, LogCursor looked) {
        boolean isMore = rows.size() > size;
        List<Row> shown = isMore ? rows.subList(0, size) : rows;
        return new LogPage(shown.stream().map(LogDocument::of).toList(),
                isMore ? place(shown.get(size - 1)) : looked);
    }
}
