package io.gatehouse.journal.siem;

import java.util.List;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What was refused for good, of each destination so many; the oldest make room for others, and are counted. */
@Singleton
class DeadLetters {

    private static final String AGAIN = """
            select event_id, log, at, level, event from siem_dead_letter
            where destination_id = $1 and again order by id limit $2""";
    private static final String NOTE = """
            insert into siem_dead_letter (destination_id, event_id, log, level, at, event, reason)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (destination_id, event_id) do update
                set reason = excluded.reason, refused_at = clock_timestamp(), again = false""";
    private static final String FORGET = "delete from siem_dead_letter where destination_id = $1 and event_id = $2";
    private static final String TRIM = """
            with gone as (
                delete from siem_dead_letter where destination_id = $1 and id <= (
                    select id from siem_dead_letter where destination_id = $1 order by id desc offset $2 limit 1)
                returning 1)
            update siem_cursor set dropped = dropped + (select count(*) from gone) where destination_id = $1""";
    private static final String PAGE = """
            select * from siem_dead_letter where destination_id = $1 and id < $2 order by id desc limit $3""";

    private final Pool pool;
    private final int most;

    @Inject
    DeadLetters(Pool pool, @ConfigProperty(name = "gatehouse.siem.dead-letters", defaultValue = "10000") int most) {
        this.pool = pool;
        this.most = most;
    }

    /** Those that are to be tried again. */
    Uni<List<LogEvent>> again(long destination, int atOnce) {
        return pool.preparedQuery(AGAIN).execute(Tuple.of(destination, atOnce))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new LogEvent(row.getString(0), row.getString(1), row.getOffsetDateTime(2).toInstant(),
                                row.getString(3), row.getString(4)))
                        .toList());
    }

    /** In the transaction that moves the cursor. */
    Uni<Void> note(SqlConnection connection, long destination, Settlement settlement) {
        Uni<Void> forgotten = !settlement.ofDeadLetters() || settlement.taken().isEmpty() ? Uni.createFrom().voidItem()
                : connection.preparedQuery(FORGET).executeBatch(settlement.taken().stream()
                        .map(event -> Tuple.of(destination, event.id())).toList()).replaceWithVoid();
        if (settlement.refused().isEmpty()) {
            return forgotten;
        }
        List<Tuple> refused = settlement.refused().entrySet().stream().map(letter -> Tuple.from(List.<Object> of(destination,
                letter.getKey().id(), letter.getKey().log(), letter.getKey().level(),
                letter.getKey().at().atOffset(java.time.ZoneOffset.UTC), letter.getKey().json(), letter.getValue()))).toList();
        return forgotten.chain(() -> connection.preparedQuery(NOTE).executeBatch(refused))
                .chain(() -> connection.preparedQuery(TRIM).execute(Tuple.of(destination, most))).replaceWithVoid();
    }

    /** The newest first. */
    Uni<List<DeadLetter>> before(long destination, long id, int size) {
        return pool.preparedQuery(PAGE).execute(Tuple.of(destination, id, size))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(DeadLetters::letter).toList());
    }

    private static DeadLetter letter(Row row) {
        return new DeadLetter(row.getLong("id"), row.getString("event_id"), row.getString("log"),
                row.getOffsetDateTime("at").toInstant(), row.getString("event"), row.getString("reason"),
                row.getOffsetDateTime("refused_at").toInstant(), row.getBoolean("again"));
    }
}
