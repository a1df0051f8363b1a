package io.gatehouse.platform.secrets;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** All secrets of the database: by the house's rule, what {@link Vault} sealed is in columns called {@code sealed_…}. */
@Singleton
public class SealedColumns {

    private static final String COLUMNS = """
            select quote_ident(table_name), quote_ident(column_name) from information_schema.columns
            where table_schema = current_schema() and starts_with(column_name, 'sealed_') order by 1, 2""";

    private final Pool pool;
    private final Vault vault;

    @Inject
    SealedColumns(Pool pool, Vault vault) {
        this.pool = pool;
        this.vault = vault;
    }

    /**
     * How many secrets there are.
     *
     * @param sealed under the master key now
     * @param resealed those of them that were under another
     * @param unreadable by any key
     */
    public record Outcome(long sealed, long resealed, long unreadable) {

        private Outcome plus(Outcome other) {
            return new Outcome(sealed + other.sealed, resealed + other.resealed, unreadable + other.unreadable);
        }
    }

    private record Column(String table, String name) {
    }

    /** Puts every secret under the master key; one that changes meanwhile is under it by that. May be done while others run. */
    public Uni<Outcome> reseal() {
        return pool.query(COLUMNS).execute()
                .map(rows -> rows(rows).stream().map(row -> new Column(row.getString(0), row.getString(1))).toList())
                .toMulti().flatMap(Multi.createFrom()::iterable)
                .onItem().transformToUniAndConcatenate(this::reseal)
                .collect().with(Collectors.reducing(new Outcome(0, 0, 0), Outcome::plus));
    }

    private Uni<Outcome> reseal(Column column) {
        return pool.query("select %2$s from %1$s where %2$s is not null".formatted(column.table, column.name)).execute()
                .toMulti().flatMap(rows -> Multi.createFrom().items(rows(rows).stream()))
                .onItem().transformToUniAndConcatenate(row -> reseal(column, row.getString(0)))
                .collect().with(Collectors.reducing(new Outcome(0, 0, 0), Outcome::plus));
    }

    private Uni<Outcome> reseal(Column column, String sealed) {
        String anew;
        try {
            anew = vault.reseal(sealed);
        } catch (IllegalStateException e) {
            return Uni.createFrom().item(new Outcome(0, 0, 1));
        }
        return anew.equals(sealed)
                ? Uni.createFrom().item(new Outcome(1, 0, 0))
                : pool.preparedQuery("update %1$s set %2$s = $1 where %2$s = $2".formatted(column.table, column.name))
                        .execute(Tuple.of(anew, sealed)).replaceWith(new Outcome(1, 1, 0));
    }

    private static List<Row> rows(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
