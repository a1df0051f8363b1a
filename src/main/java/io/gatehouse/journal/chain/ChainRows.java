package io.gatehouse.journal.chain;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Every row of the chains, as the database has them. */
@Singleton
public class ChainRows {

    private static final String FIELDS = """
            select l.workspace_id, coalesce(l.seq, c.seq), l.version, encode(l.hash, 'hex'), c.signed, e.id,
                e.workspace_id, e.created_at, e.actor, e.source, e.request_id, e.address, e.user_agent, e.action,
                e.resource_type, e.resource_id, e.resource_name, e.changes, coalesce(l.workspace_id, c.workspace_id, e.workspace_id)
            """;

    /** Also what has no counterpart. */
    private static final String ALL = FIELDS + """
            from audit_link l full join audit_entry e on e.id = l.entry_id
            full join audit_checkpoint c on c.workspace_id = l.workspace_id and c.seq = l.seq
            order by coalesce(l.workspace_id, c.workspace_id, e.workspace_id), coalesce(l.seq, c.seq), e.id""";

    private static final String SOME = FIELDS + """
            from audit_link l left join audit_entry e on e.id = l.entry_id
            left join audit_checkpoint c on c.workspace_id = l.workspace_id and c.seq = l.seq
            where l.workspace_id = $1 and l.seq between $2 and $3 order by l.seq""";

    private static final String ONE_MOMENT = "set transaction isolation level repeatable read read only";
    private static final String KEYS = "select jwk from audit_key order by created_at, id";
    private static final int AT_ONCE = 1_000;

    private final Pool pool;

    @Inject
    ChainRows(Pool pool) {
        this.pool = pool;
    }

    /**
     * Everything at one moment: the public keys that the database knows, then the rows by workspace and place.
     *
     * @param reader is given both, and is done when all rows are read
     */
    public <T> Uni<T> read(BiFunction<List<String>, Multi<ChainRow>, Uni<T>> reader) {
        return pool.withTransaction(connection -> connection.query(ONE_MOMENT).execute()
                .chain(() -> connection.query(KEYS).execute())
                .chain(keys -> {
                    List<String> jwks = new ArrayList<>();
                    keys.forEach(row -> jwks.add(row.getString(0)));
                    return reader.apply(jwks, rows(connection));
                }));
    }

    private static Multi<ChainRow> rows(SqlConnection connection) {
        return connection.prepare(ALL).onItem()
                .transformToMulti(statement -> statement.createStream(AT_ONCE, Tuple.tuple()).toMulti())
                .map(ChainRows::row);
    }

    Uni<List<ChainRow>> between(long workspace, long first, long last) {
        return pool.preparedQuery(SOME).execute(Tuple.of(workspace, first, last)).map(found -> {
            List<ChainRow> rows = new ArrayList<>();
            found.forEach(row -> rows.add(row(row)));
            return rows;
        });
    }

    private static ChainRow row(Row row) {
        ChainEntry entry = row.getLong(5) == null ? null
                : new ChainEntry(row.getLong(5), row.getLong(6), row.get(OffsetDateTime.class, 7).toInstant(),
                        row.getString(8), row.getString(9), row.getString(10), row.getString(11), row.getString(12),
                        row.getString(13), row.getString(14), row.getString(15), row.getString(16), row.getString(17));
        return new ChainRow(row.getLong(18), row.getLong(1), row.getInteger(2), row.getString(3), row.getString(4), entry);
    }
}
