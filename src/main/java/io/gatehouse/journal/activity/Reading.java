package io.gatehouse.journal.activity;

import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** How the log is read page by page, on one connection. */
final class Reading {

    /**
     * Statements are short: a compiler would take longer than what it makes quicker. Each is planned for its values: the plan
     * that a prepared statement gets after five uses expects a handful of entries before any time, and sorts all there are.
     */
    private static final String SETTINGS = "set local statement_timeout = '10s'; set local jit = off; "
            + "set local plan_cache_mode = force_custom_plan";

    private Reading() {
    }

    static <T> Uni<T> within(Pool pool, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection.query(SETTINGS).execute().chain(() -> work.apply(connection)));
    }
}
