package io.gatehouse.servers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.journal.activity.ActivityLog;
import io.gatehouse.journal.activity.EntryId;
import io.gatehouse.journal.activity.LiveTail;
import io.gatehouse.journal.activity.LogCursor;
import io.gatehouse.journal.activity.LogFilter;
import io.gatehouse.journal.activity.LogPage;
import io.gatehouse.journal.keeping.Recording;
import io.gatehouse.journal.keeping.Recordings;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the activity log of a server, and to how much it tells. */
@Singleton
public class ServerLogs {

    /** Who looks on for longer asks again, and is authenticated again. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(10);

    private final ServerRows rows;
    private final ActivityLog log;
    private final LiveTail tail;
    private final Recordings recordings;
    private final Changes changes;

    @Inject
    ServerLogs(ServerRows rows, ActivityLog log, LiveTail tail, Recordings recordings, Changes changes) {
        this.rows = rows;
        this.log = log;
        this.tail = tail;
        this.recordings = recordings;
        this.changes = changes;
    }

    public Uni<LogPage> search(Caller caller, ServerKey key, LogFilter filter, LogCursor after, int size) {
        return server(caller, key).chain(server -> log.search(server, filter, after, size));
    }

    /** Fails with NOT_FOUND where the server has no such entry. */
    public Uni<ObjectNode> find(Caller caller, ServerKey key, String id) {
        EntryId known = EntryId.parse(id);
        return server(caller, key).chain(server -> known == null ? Uni.createFrom().nullItem() : log.find(server, known))
                .onItem().ifNull().failWith(() -> Problem.notFound("Log entry"));
    }

    /** What is recorded from now on. */
    public Multi<ObjectNode> watch(Caller caller, ServerKey key) {
        return server(caller, key).onItem().transformToMulti(server -> tail.watch(server, LONGEST_LOOK));
    }

    /** Fails where the caller may not read the log of such a server, and with LIMITED where too many watch already. */
    public Uni<Void> check(Caller caller, ServerKey key) {
        return server(caller, key).invoke(tail::requireRoom).replaceWithVoid();
    }

    private Uni<Long> server(Caller caller, ServerKey key) {
        caller.require(Permission.VIEW_LOGS);
        return Panache.withSession(() -> rows.find(caller, key)).map(row -> row.id);
    }

    public Uni<Recording> recording(Caller caller, ServerKey key) {
        caller.require(Permission.VIEW_SERVERS);
        return Panache.withSession(() -> rows.find(caller, key).chain(row -> recordings.of(row.id)));
    }

    /** @param change makes what is wanted of what is */
    public Uni<Recording> change(Caller caller, ServerKey key, UnaryOperator<Recording> change) {
        caller.require(Permission.MANAGE_SERVER_ACCESS);
        return Panache.withTransaction(() -> rows.lock(caller, key).chain(row -> recordings.of(row.id)
                .chain(before -> recordings.replace(row.id, change.apply(before))
                        .call(after -> rows.finish(caller, row, List.of(ServerRows.deed(row, "recording_changed",
                                fields(before), fields(after))))))))
                .call(changes::settle);
    }

    private static Map<String, Object> fields(Recording recording) {
        return Map.of("inputs", recording.inputs(), "outputs", recording.outputs(), "masked_fields",
                List.copyOf(new TreeSet<>(recording.maskedFields())));
    }
}
