package io.gatehouse.journal.siem;

import java.time.Instant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Reads how destinations do. */
@Singleton
class Standings {

    /** What is counted of a backlog: a look at a page must stay cheap. */
    private static final String STATUS = """
            select c.*, d.enabled,
                coalesce(extract(epoch from clock_timestamp() - c.pending_since), 0)::float8 as lag_seconds,
                (select count(*) from siem_dead_letter l where l.destination_id = d.id) as letters,
                case when d.activity then (select least(coalesce(sum(entries), 0), 100000) from (
                    select activity_of_level(e, d.level) as entries from activity_chunk e
                        where (e.batch, e.last_id) > (c.batch, c.entry_id) and e.at > c.batch_at - interval '1 day'
                            and e.workspace_id = d.workspace_id and not e.is_open limit 100000) pending)
                    else 0 end
                + case when d.audit then (select coalesce(max(l.seq) - c.seq, 0) from audit_link l
                    where l.workspace_id = d.workspace_id) else 0 end as lag_entries
            from siem_cursor c join siem_destination d on d.id = c.destination_id where d.id = $1""";

    private final Pool pool;

    @Inject
    Standings(Pool pool) {
        this.pool = pool;
    }

    /** Null where it has just been deleted. */
    Uni<Destination.Status> of(long destination) {
        return pool.preparedQuery(STATUS).execute(Tuple.of(destination))
                .map(rows -> rows.size() == 0 ? null : status(rows.iterator().next()));
    }

    private static Destination.Status status(Row row) {
        return new Destination.Status(row.getDouble("lag_seconds"), Math.max(0, row.getLong("lag_entries")),
                time(row, "last_success"), row.getString("last_error"), time(row, "last_error_at"),
                row.getBoolean("enabled") && row.getInteger("failures") > 0 ? time(row, "wait_until") : null,
                row.getLong("delivered"), row.getLong("retried"), row.getLong("dead"), row.getLong("letters"),
                row.getLong("dropped"), row.getLong("lost"));
    }

    private static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column) == null ? null : row.getOffsetDateTime(column).toInstant();
    }
}
