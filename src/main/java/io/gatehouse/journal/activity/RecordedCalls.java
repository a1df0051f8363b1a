package io.gatehouse.journal.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
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

    private static final int CHUNKS = 32;
    private static final String NEXT = """
            select at, last_id, workspace_id, server_id, data from activity_chunk
            where server_id = $1 and at >= $2 and (at, last_id) > ($2, $3) and at < $4 and not is_open
            order by at, last_id limit %d""".formatted(CHUNKS);
    private static final UUID FIRST = new UUID(0, 0);
    private static final Set<String> REFUSED_EARLY = Set.of("ip_allowlist", "ip_denylist");

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
        Stretch stretch = new Stretch(serverId, from, to, reader);
        return read(stretch, new LogCursor(from, FIRST), most);
    }

    /** What is read, and waits until nothing older can come. */
    private static final class Stretch {

        private final long serverId;
        private final Instant from;
        private final Instant to;
        private final Consumer<List<RecordedCall>> reader;
        private final PriorityQueue<Recorded> waiting = new PriorityQueue<>(Comparator.comparing(Recorded::place));

        Stretch(long serverId, Instant from, Instant to, Consumer<List<RecordedCall>> reader) {
            this.serverId = serverId;
            this.from = from;
            this.to = to;
            this.reader = reader;
        }

        /** @return how many calls were shown: those before this time */
        int show(List<Row> chunks, Instant before) {
            chunks.stream().flatMap(chunk -> LogDocument.entries(chunk, facets -> facets.type().equals(Facets.USUAL_TYPE))
                    .stream()).filter(this::counts).forEach(waiting::add);
            List<RecordedCall> calls = new ArrayList<>();
            while (!waiting.isEmpty() && waiting.peek().row().entry().at().isBefore(before)) {
                calls.add(call(waiting.remove().row().entry()));
            }
            reader.accept(calls);
            return calls.size();
        }

        private boolean counts(Recorded recorded) {
            Entry entry = recorded.row().entry();
            String rule = entry.answer().rule();
            return !entry.at().isBefore(from) && entry.at().isBefore(to)
                    && (entry.visitor().subject() != null || rule != null && REFUSED_EARLY.contains(rule))
                    && (recorded.row().status() != Status.REFUSED || rule != null
                            && (rule.contains("limit") || rule.contains("concurrent") || rule.startsWith("ip_")));
        }
    }

    private Uni<Instant> read(Stretch stretch, LogCursor after, int most) {
        return Reading.within(pool, connection -> connection.preparedQuery(NEXT).execute(Tuple.of(stretch.serverId,
                after.at().atOffset(ZoneOffset.UTC), after.id(),
                Chunk.end(stretch.to).atOffset(ZoneOffset.UTC)))).chain(rows -> {
                    List<Row> chunks = StreamSupport.stream(rows.spliterator(), false).toList();
                    boolean isLast = chunks.size() < CHUNKS;
                    LogCursor end = isLast ? null : LogDocument.place(chunks.get(CHUNKS - 1));
                    Instant sure = isLast ? stretch.to : Chunk.second(end.at());
                    return Workers.run(vertx, () -> stretch.show(chunks, sure))
                            .chain(count -> isLast || count >= most ? Uni.createFrom().item(sure)
                                    : read(stretch, end, most - count));
                });
    }

    private static RecordedCall call(Entry entry) {
        Instant end = entry.at();
        return new RecordedCall(end.minus(entry.answer().duration(), ChronoUnit.MICROS), end, entry.question().tool(),
                entry.visitor().subject(), entry.visitor().name(), entry.visitor().address());
    }
}
