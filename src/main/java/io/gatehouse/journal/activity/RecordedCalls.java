package io.gatehouse.journal.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

import io.gatehouse.platform.Workers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Reads the calls that a server has had, the oldest first; those too that only a limit or a list of addresses refused. */
@Singleton
public class RecordedCalls {

    private static final int STRETCH = 5_000;
    private static final String NEXT = """
            select at, id, duration, tool, caller, caller_name, address from activity_entry
            where server_id = $1 and at >= $2 and (at, id) > ($2, $3) and at < $4 and type = 'tool_call'
                and (caller is not null or rule in ('ip_allowlist', 'ip_denylist'))
                and (status <> 'refused' or rule like '%%limit%%' or rule like '%%concurrent%%' or rule like 'ip\\_%%')
            order by at, id limit %d""".formatted(STRETCH);
    private static final UUID FIRST = new UUID(0, 0);

    private final Pool pool;
    private final Vertx vertx;

    @Inject
    RecordedCalls(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    /**
     * Shows them to the reader, stretch by stretch, on no event loop.
     *
     * @param most calls, after which it ends
     * @return up to when all were read
     */
    public Uni<Instant> read(long serverId, Instant from, Instant to, int most, Consumer<List<RecordedCall>> reader) {
        return read(serverId, new LogCursor(from, FIRST), to, most, reader);
    }

    private Uni<Instant> read(long serverId, LogCursor after, Instant to, int most, Consumer<List<RecordedCall>> reader) {
        return Reading.within(pool, connection -> connection.preparedQuery(NEXT).execute(Tuple.of(serverId,
                after.at().atOffset(ZoneOffset.UTC), after.id(), to.atOffset(ZoneOffset.UTC)))).chain(rows -> {
                    List<Row> read = StreamSupport.stream(rows.spliterator(), false).toList();
                    return show(read, reader).chain(() -> next(serverId, read, to, most, reader));
                });
    }

    private Uni<Void> show(List<Row> rows, Consumer<List<RecordedCall>> reader) {
        return Workers.run(vertx, () -> {
            reader.accept(rows.stream().map(RecordedCalls::call).toList());
            return null;
        });
    }

    private Uni<Instant> next(long serverId, List<Row> read, Instant to, int most, Consumer<List<RecordedCall>> reader) {
        if (read.size() < STRETCH) {
            return Uni.createFrom().item(to);
        }
        Row last = read.get(STRETCH - 1);
        return most <= STRETCH ? Uni.createFrom().item(at(last))
                : read(serverId, new LogCursor(at(last), last.getUUID("id")), to, most - STRETCH, reader);
    }

    private static Instant at(Row row) {
        return row.getOffsetDateTime("at").toInstant();
    }

    private static RecordedCall call(Row row) {
        Instant end = at(row);
        return new RecordedCall(end.minus(row.getLong("duration"), ChronoUnit.MICROS), end, row.getString("tool"),
                row.getString("caller"), row.getString("caller_name"), row.getString("address"));
    }
}
