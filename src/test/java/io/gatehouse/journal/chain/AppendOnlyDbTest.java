package io.gatehouse.journal.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the roles of a database may do with the audit trail: who owns it, who only uses it, and who may do everything. */
class AppendOnlyDbTest {

    private static final String DATABASE = "roles";
    private static final int WRITERS = 12;
    private static final int EACH = 25;

    private static AuditDatabases databases;

    /** The keeper migrates; the application is another role, to which everything is granted by default. */
    @BeforeAll
    static void migrate() throws Exception {
        databases = new AuditDatabases();
        databases.run("postgres", "create role keeper login password 'keeper'",
                "create role application login password 'application'");
        databases.create(DATABASE, "keeper");
        databases.run(DATABASE, "alter default privileges for role keeper grant all on tables to application");
        databases.migrate(DATABASE, "keeper");
        databases.run(DATABASE, AuditDatabases.FILL.formatted(1, 3));
        databases.sign(DATABASE, databases.key);
    }

    @AfterAll
    static void close() throws IOException {
        databases.close();
    }

    private static void as(String role, String sql) throws SQLException {
        try (Connection connection = databases.open(DATABASE, role); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @CsvSource({ "audit_entry, actor", "audit_link, hash", "audit_checkpoint, signed", "audit_key, jwk" })
    void letsNobodyUpdateOrDelete(String table, String column) {
        for (String role : List.of("postgres", "keeper", "application")) {
            for (String sql : List.of("update " + table + " set " + column + " = null", "delete from " + table,
                    "truncate " + table, "delete from " + table + " where false")) {
                String refusal = assertThrows(SQLException.class, () -> as(role, sql), role + ": " + sql).getMessage();
                assertTrue(refusal.contains(role.equals("postgres") ? "only ever added to" : "permission denied"), refusal);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "alter table audit_entry disable trigger all", "drop table audit_entry",
            "set session_replication_role = replica",
            "create or replace function audit_refuse() returns trigger language sql as ''" })
    void letsTheApplicationChangeNoRuleWhereAnotherRoleOwnsTheTables(String sql) {
        assertThrows(SQLException.class, () -> as("application", sql));
    }

    @Test
    void addsAndLinksForEveryRole() throws SQLException {
        for (String role : List.of("keeper", "application")) {
            long before = links();

            as(role, AuditDatabases.FILL.formatted(1, 2));

            assertEquals(before + 2, links());
        }
    }

    private static long links() throws SQLException {
        return Long.parseLong(databases.text(DATABASE, "select count(*) from audit_link"));
    }

    /** A table of the session's own would catch the links, and the entries would be in no chain. */
    @Test
    void linksInNoTableOfTheSession() throws SQLException {
        long before = links();

        as("application", "create temp table audit_link (like public.audit_link); " + AuditDatabases.FILL.formatted(1, 1));

        assertEquals(before + 1, links());
    }

    @Test
    void formsChainsWithoutGapsAndForksWhileManyWriteAtOnce() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                done.add(writers.submit(() -> {
                    write(writer);
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            writers.shutdownNow();
        }

        databases.sign(DATABASE, databases.key);
        List<String> said = databases.verify(DATABASE, List.of(), databases.key);
        assertEquals("All is well.", said.get(said.size() - 1), said::toString);
        assertEquals(links(),
                Long.parseLong(databases.text(DATABASE, "select sum(seq) from (select max(seq) seq from audit_link "
                        + "group by workspace_id)")));
        assertEquals("0", databases.text(DATABASE, "select count(*) from audit_entry where actor = 'undone'"));
    }

    /** Some to one workspace, some to two, in either order; every fifth is undone. */
    private static void write(int writer) throws SQLException {
        try (Connection connection = databases.open(DATABASE, "application"); Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < EACH; i++) {
                sql.execute(AuditDatabases.FILL.formatted(1 + (writer + i) % 2, 1 + i % 3));
                if (i % 4 == 0) {
                    sql.execute(AuditDatabases.FILL.formatted(2 - (writer + i) % 2, 1));
                }
                if (i % 5 == 0) {
                    sql.execute(AuditDatabases.FILL.formatted(1, 1).replace("'user:' || n", "'undone'"));
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        }
    }
}
