package io.gatehouse.journal.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

import io.gatehouse.journal.activity.FeedStretch.Told;
import io.gatehouse.platform.Workers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
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

    /** Whole batches: the first, and more while there are not entries enough. */
    private static final String CHUNKS = """
            select * from (
                select chunks.*, sum(entries) over (order by batch) - sum(entries) over (partition by batch) as earlier,
                    count(*) over () as all_chunks
                from (
                    %s where chunk.batch between $1 and $2 and (chunk.batch, chunk.last_id) > ($1, $3)
                        and chunk.at between least($4::timestamptz - interval '1 day', $6::timestamptz)
                            and $5::timestamptz + interval '1 hour'
                        and ($7::bigint is null or chunk.workspace_id = $7) and not chunk.is_open) chunks
                where entries > 0) counted
            where earlier < $9""".formatted(LogDocument.select("chunk.*, activity_of_level(chunk, $8) as entries"));
    private static final Comparator<FeedPosition> ORDER = Comparator.comparing(FeedPosition::transaction)
            .thenComparing(position -> EntryId.of(position.id()));

    private final Pool pool;
    private final Vertx vertx;

    @Inject
    Feed(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
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
        return pool.preparedQuery(CHUNKS).execute(Tuple.from(Arrays.asList(position.transaction(), batches.getLong("last"),
                position.id(), batches.getOffsetDateTime("first_at"), batches.getOffsetDateTime("last_at"),
                batches.getOffsetDateTime("oldest"), workspaceId, level, most)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .chain(chunks -> Workers.run(vertx, () -> stretch(position, batches, chunks, level, most)));
    }

    /** An entry, in whose chunk. */
    private record Found(Row chunk, Recorded entry, FeedPosition position) {

        Told told() {
            return new Told(chunk.getLong("workspace_id"), chunk.getLong("server_id"), LogDocument.of(entry, chunk), position);
        }
    }

    private static FeedStretch stretch(FeedPosition from, Row batches, List<Row> chunks, String level, int most) {
        Instant first = batches.getOffsetDateTime("first_at").toInstant();
        List<Found> found = chunks.stream().flatMap(chunk -> LogDocument.entries(chunk, facets -> isOf(level, facets)).stream()
                .map(entry -> new Found(chunk, entry, new FeedPosition(chunk.getLong("batch"), entry.id().toUuid(), first))))
                .filter(entry -> ORDER.compare(entry.position(), from) > 0)
                .sorted(Comparator.comparing(Found::position, ORDER)).toList();
        List<Told> told = found.stream().limit(most).map(Found::told).toList();
        if (found.size() > most) {
            return new FeedStretch(told, told.get(most - 1).position(), false);
        }
        if (!chunks.isEmpty() && chunks.get(0).getLong("all_chunks") > chunks.size()) {
            long last = chunks.stream().mapToLong(chunk -> chunk.getLong("batch")).max().orElseThrow();
            return new FeedStretch(told, new FeedPosition(last, FeedPosition.END, first), false);
        }
        long last = batches.getLong("last");
        return new FeedStretch(told, new FeedPosition(last, FeedPosition.END,
                batches.getOffsetDateTime("last_at").toInstant()), last == from.transaction());
    }

    private static boolean isOf(String level, Facets facets) {
        return Status.LEVELS.indexOf(facets.status().level()) >= Status.LEVELS.indexOf(level);
    }
}
