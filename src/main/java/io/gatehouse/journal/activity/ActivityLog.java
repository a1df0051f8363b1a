package io.gatehouse.journal.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.Workers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
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

    private static final String CANCELLED = "57014";

    private final Pool pool;
    private final Vertx vertx;

    @Inject
    ActivityLog(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    /** Fails with UNAVAILABLE for a search that takes too long. */
    public Uni<LogPage> search(long serverId, LogFilter filter, LogCursor after, int size) {
        return Reading.within(pool, connection -> new LogSearch(vertx, connection, serverId, filter, after, size).run())
                .onFailure(ActivityLog::tookTooLong).transform(failure -> Problem.unavailable(
                        "The search takes too long; a shorter time or more filters help", failure));
    }

    /** One entry; null where the server has none of this id. */
    public Uni<ObjectNode> find(long serverId, EntryId id) {
        Instant from = id.time();
        return pool.preparedQuery(LogDocument.select("chunk.*") + "where chunk.server_id = $1 and chunk.at >= $2 "
                + "and chunk.at < $3 and chunk.last_id >= $4")
                .execute(Tuple.of(serverId, from.atOffset(ZoneOffset.UTC),
                        Chunk.end(from).atOffset(ZoneOffset.UTC), id.toUuid()))
                .chain(rows -> Workers.run(vertx, () -> StreamSupport.stream(rows.spliterator(), false)
                        .flatMap(chunk -> LogDocument.entries(chunk, facets -> true).stream()
                                .filter(entry -> entry.id().equals(id)).map(entry -> LogDocument.of(entry, chunk)))
                        .findFirst().orElse(null)));
    }

    private static boolean tookTooLong(Throwable failure) {
        return failure instanceof PgException e && CANCELLED.equals(e.getSqlState());
    }
}
