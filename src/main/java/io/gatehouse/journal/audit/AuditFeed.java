package io.gatehouse.journal.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Reads a workspace's audit trail in the order of its chain, whose places are made without gaps at commit: whoever goes on
 * after the last place that it has read misses none.
 */
@Singleton
public class AuditFeed {

    private static final String NOW = "select coalesce(max(seq), 0) from audit_link where workspace_id = $1";

    /** The time of an entry is a little older than its place. */
    private static final String SINCE = """
            select coalesce(
                (select min(l.seq) - 1 from audit_link l join audit_entry e on e.id = l.entry_id
                    where l.workspace_id = $1 and e.workspace_id = $1 and e.created_at >= $2),
                (select max(seq) from audit_link where workspace_id = $1), 0)""";
    private static final String AFTER = """
            select l.seq, encode(l.hash, 'hex') as hash, e.*
            from audit_link l join audit_entry e on e.id = l.entry_id
            where l.workspace_id = $1 and l.seq > $2 order by l.seq limit $3""";

    private final Pool pool;

    @Inject
    AuditFeed(Pool pool) {
        this.pool = pool;
    }

    /** An entry at its place. */
    public record Told(long seq, ObjectNode entry) {
    }

    /** From here on, only what is done later is read. */
    public Uni<Long> now(long workspaceId) {
        return pool.preparedQuery(NOW).execute(Tuple.of(workspaceId)).map(rows -> rows.iterator().next().getLong(0));
    }

    /** From here on, what was done since then is read. */
    public Uni<Long> since(long workspaceId, Instant time) {
        return pool.preparedQuery(SINCE).execute(Tuple.of(workspaceId, time.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** @param most entries at once; fewer are all that there are by now */
    public Uni<List<Told>> after(long workspaceId, long seq, int most) {
        return pool.preparedQuery(AFTER).execute(Tuple.of(workspaceId, seq, most))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(AuditFeed::told).toList());
    }

    private static Told told(Row row) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", "audit-" + row.getLong("id"));
        entry.put("timestamp", row.getOffsetDateTime("created_at").toInstant().toString());
        entry.put("type", "audit").put("level", "info").put("action", row.getString("action"));
        entry.putObject("user").put("id", row.getString("actor")).put("ip", row.getString("address"))
                .put("user_agent", row.getString("user_agent"));
        entry.put("source", row.getString("source")).put("request_id", row.getString("request_id"));
        entry.putObject("resource").put("type", row.getString("resource_type")).put("id", row.getString("resource_id"))
                .put("name", row.getString("resource_name"));
        entry.putRawValue("changes", new RawValue(row.getString("changes")));
        entry.putObject("chain").put("seq", row.getLong("seq")).put("hash", row.getString("hash"));
        return new Told(row.getLong("seq"), entry);
    }
}
