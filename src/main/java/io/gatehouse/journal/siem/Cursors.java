package io.gatehouse.journal.siem;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.journal.activity.FeedPosition;
import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.platform.secrets.Vault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Who holds which destination, and how far it is. All times are the database's. */
@Singleton
class Cursors {

    private static final String IS_DUE = """
            d.enabled and (c.wait_until is null or c.wait_until <= clock_timestamp())
                and (c.holder is null or c.holder = $1 or c.held_until <= clock_timestamp())
            """;
    private static final String DUE = """
            select c.destination_id from siem_cursor c join siem_destination d on d.id = c.destination_id
            where\s""" + IS_DUE + "order by c.wait_until nulls first, c.destination_id";
    private static final String CLAIM = """
            update siem_cursor c set holder = $1, held_until = clock_timestamp() + $3 * interval '1 millisecond',
                version = c.version + 1
            from siem_destination d where d.id = c.destination_id and c.destination_id = $2 and\s""" + IS_DUE + """
            returning d.*, c.batch, c.entry_id, c.batch_at, c.seq, c.version, c.failures,
                c.pending_since is not null as behind""";
    private static final String IS_HELD = "where destination_id = $1 and holder = $2 and version = $3";
    private static final String KEEP = "update siem_cursor set held_until = clock_timestamp() + $4 * interval '1 millisecond' "
            + IS_HELD;
    private static final String SETTLE = """
            update siem_cursor set held_until = clock_timestamp() + $4 * interval '1 millisecond',
                batch = $5, entry_id = $6, batch_at = $7, seq = $8, delivered = delivered + $9, dead = dead + $10,
                retried = retried + $11, failures = $12, pending_since = $13,
                wait_until = clock_timestamp() + $14::bigint * interval '1 millisecond',
                last_success = case when $9 > 0 then clock_timestamp() else last_success end,
                last_error = coalesce($15, last_error),
                last_error_at = case when $15::varchar is null then last_error_at else clock_timestamp() end
            """ + IS_HELD;
    private static final String STANDING = """
            select c.destination_id, coalesce(extract(epoch from clock_timestamp() - c.pending_since), 0)::float8 as lag
            from siem_cursor c where c.holder = $1""";

    private final Pool pool;
    private final Vault vault;
    private final DeadLetters letters;

    @Inject
    Cursors(Pool pool, Vault vault, DeadLetters letters) {
        this.pool = pool;
        this.vault = vault;
        this.letters = letters;
    }

    /** How late a destination is that this holder has. */
    record Standing(long destination, double lag) {
    }

    /** Those that the holder may claim now. */
    Uni<List<Long>> due(String holder) {
        return pool.preparedQuery(DUE).execute(Tuple.of(holder)).map(
                rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getLong(0)).toList());
    }

    Uni<List<Standing>> standings(String holder) {
        return pool.preparedQuery(STANDING).execute(Tuple.of(holder)).map(rows -> StreamSupport
                .stream(rows.spliterator(), false).map(row -> new Standing(row.getLong(0), row.getDouble(1))).toList());
    }

    /** Null where somebody else was faster. */
    Uni<Claim> claim(String holder, long destination, Duration lease) {
        return pool.preparedQuery(CLAIM).execute(Tuple.of(holder, destination, lease.toMillis()))
                .map(rows -> rows.size() == 0 ? null : claim(rows.iterator().next()));
    }

    private Claim claim(Row row) {
        long id = row.getLong("id");
        FeedPosition position = new FeedPosition(row.getLong("batch"), row.getUUID("entry_id"),
                row.getOffsetDateTime("batch_at").toInstant());
        return new Claim(id, row.getLong("workspace_id"), DestinationKind.valueOf(row.getString("kind")),
                StoredJson.read(row.getString("target"), new TypeReference<>() {
                }), Credentials.open(vault, id, row.getString("sealed_credentials")), row.getBoolean("activity"),
                row.getBoolean("audit"), row.getString("level"), new Progress(position, row.getLong("seq")),
                row.getLong("version"), row.getInteger("failures"), row.getBoolean("behind"));
    }

    /** Whether the claim is still good; it is good for as long again then. */
    Uni<Boolean> keep(String holder, Claim claim, Duration lease) {
        return pool.preparedQuery(KEEP)
                .execute(Tuple.of(claim.destination(), holder, claim.version(), lease.toMillis()))
                .map(done -> done.rowCount() == 1);
    }

    /** Moves the cursor with all that there is to remember, or does nothing where the claim is good no longer. */
    Uni<Boolean> settle(String holder, Claim claim, Settlement settlement, Duration lease) {
        return pool.withTransaction(connection -> connection.preparedQuery(SETTLE)
                .execute(Tuple.from(values(holder, claim, settlement, lease)))
                .chain(done -> done.rowCount() == 0 ? Uni.createFrom().item(false)
                        : letters.note(connection, claim.destination(), settlement).replaceWith(true)));
    }

    private static List<Object> values(String holder, Claim claim, Settlement settlement, Duration lease) {
        FeedPosition position = settlement.progress().activity();
        return new ArrayList<>(Arrays.asList(claim.destination(), holder, claim.version(), lease.toMillis(),
                position.transaction(), position.id(), position.at().atOffset(ZoneOffset.UTC),
                settlement.progress().audit(), (long) settlement.taken().size(), (long) settlement.refused().size(),
                (long) settlement.retried(), settlement.failures(),
                settlement.pendingSince() == null ? null : settlement.pendingSince().atOffset(ZoneOffset.UTC),
                settlement.pause() == null ? null : settlement.pause().toMillis(), settlement.fault()));
    }
}
