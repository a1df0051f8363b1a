package io.gatehouse.journal.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

import io.gatehouse.journal.activity.FeedStretch.Told;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Reads the entries of all servers in the order in which they can be read without missing any: that of the transactions
 * which committed them, up to where none that is older may still commit. Each is read once; one of an answer that is
 * streamed, when it has ended.
 */
@Singleton
public class Feed {

    private static final String NOW = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1, clock_timestamp()";

    /** What is not committed yet may be of that time as well. */
    private static final String SINCE = """
            select least(min(transaction::text::bigint), pg_snapshot_xmin(pg_current_snapshot())::text::bigint) - 1,
                least($1::timestamptz, clock_timestamp())
            from activity_batch where at >= $1""";

    /** So many transactions, of however many statements each, bound what one look reads, however far behind the reader is. */
    private static final String BATCHES = """
            select max(transaction::text::bigint) as last, min(first_at) as first_at,
                max(last_at) as last_at, min(oldest) as oldest
            from (
                select transaction, min(at) as first_at, max(at) as last_at, min(oldest) as oldest from activity_batch
                where transaction >= $1::text::xid8 and transaction < pg_snapshot_xmin(pg_current_snapshot())
                    and at > $2::timestamptz - interval '1 hour'
                group by transaction order by transaction limit 64) batches""";
    private static final String ENTRIES = LogDocument.SELECT + """
            where entry.batch between $1 and $2 and (entry.batch, entry.id) > ($1, $3)
                and entry.at between least($4::timestamptz - interval '1 day', $6::timestamptz)
                    and $5::timestamptz + interval '1 hour'
                and ($7::bigint is null or entry.workspace_id = $7)
                and ($8::varchar = 'info' or entry.level = 'error' or entry.level = $8)
            order by entry.batch, entry.id limit $9""";

    private final Pool pool;

    @Inject
    Feed(Pool pool) {
        this.pool = pool;
    }

    /** From here on, only what is recorded later is read. */
    public Uni<FeedPosition> now() {
        return pool.query(NOW).execute().map(rows -> position(rows.iterator().next()));
    }

    /** From here on, what was recorded since then is read. */
    public Uni<FeedPosition> since(Instant time) {
        return pool.preparedQuery(SINCE).execute(Tuple.of(time.atOffset(ZoneOffset.UTC))).map(rows -> rows.iterator().next())
                .map(Feed::position);
    }

    private static FeedPosition position(Row row) {
        return new FeedPosition(row.getLong(0), FeedPosition.END, row.getOffsetDateTime(1).toInstant());
    }

    /** @param most entries at once */
    public Uni<FeedStretch> after(FeedPosition position, int most) {
        return after(position, null, Status.SUCCESS.level(), most);
    }

    /**
     * Of one workspace only.
     *
     * @param workspaceId null for all
     * @param level the lowest that is read
     * @param most entries at once
     */
    public Uni<FeedStretch> after(FeedPosition position, Long workspaceId, String level, int most) {
        return pool.preparedQuery(BATCHES).execute(Tuple.of(Long.toString(position.transaction()),
                position.at().atOffset(ZoneOffset.UTC))).map(rows -> rows.iterator().next())
                .chain(batches -> batches.getLong("last") == null
                        ? Uni.createFrom().item(new FeedStretch(List.of(), position, true))
                        : entries(position, batches, workspaceId, level, most));
    }

    private Uni<FeedStretch> entries(FeedPosition position, Row batches, Long workspaceId, String level, int most) {
        long last = batches.getLong("last");
        return pool.preparedQuery(ENTRIES).execute(Tuple.from(Arrays.asList(position.transaction(), last, position.id(),
                batches.getOffsetDateTime("first_at"), batches.getOffsetDateTime("last_at"),
                batches.getOffsetDateTime("oldest"), workspaceId, level, most)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .map(rows -> new FeedStretch(
                        rows.stream().filter(row -> !row.getString("status").equals(Status.OPEN.word()))
                                .map(row -> told(row, batches)).toList(),
                        next(position, batches, rows, most), rows.size() < most && last == position.transaction()));
    }

    private static FeedPosition next(FeedPosition position, Row batches, List<Row> rows, int most) {
        if (rows.size() < most) {
            return new FeedPosition(batches.getLong("last"), FeedPosition.END,
                    batches.getOffsetDateTime("last_at").toInstant());
        }
        return at(rows.get(most - 1), batches);
    }

    private static FeedPosition at(Row row, Row batches) {
        return new FeedPosition(row.getLong("batch"), row.getUUID("id"), batches.getOffsetDateTime("first_at").toInstant());
    }

    private static Told told(Row row, Row batches) {
        return new Told(row.getLong("workspace_id"), row.getLong("server_id"), LogDocument.of(row), at(row, batches));
    }
}
