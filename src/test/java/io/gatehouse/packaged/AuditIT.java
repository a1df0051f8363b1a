package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.gatehouse.testing.Wire;

/** The audit trail where the tables have an owner of their own, and its commands as an auditor runs them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditIT {

    @TempDir
    static Path folder;

    private static PostgresServer database;
    private static Map<String, String> settings;
    private static Path export;

    /** Somebody is let in, and changes something. */
    @BeforeAll
    static void change() throws Exception {
        database = PostgresServer.empty();
        database.execute("create role keeper login password 'keeper'", "create role application login password 'application'",
                "grant create on schema public to keeper",
                "alter default privileges for role keeper grant select, insert, update, delete on tables to application",
                "alter default privileges for role keeper grant usage on sequences to application");
        settings = Replica.settings(database);
        settings.put("GATEHOUSE_DATABASE_URL", database.url().replace("postgres:postgres@", "application:application@"));
        settings.put("QUARKUS_FLYWAY_USERNAME", "keeper");
        settings.put("QUARKUS_FLYWAY_PASSWORD", "keeper");
        try (Replica replica = new Replica(settings).awaitListening()) {
            String token = Replica.administrator(run(0, settings, "admin-token"));
            assertEquals(200, new Wire(replica.url()).send(Wire.Request.of("POST", "/api/iam/user_groups")
                    .header("Authorization", "Bearer " + token).json(Map.of("name", "Group"))).status());
        }
    }

    @AfterAll
    static void close() throws IOException {
        database.close();
    }

    private static String run(int code, Map<String, String> environment, String... arguments) throws Exception {
        Replica command = new Replica(environment, arguments);
        String printed = command.awaitEnd();
        assertEquals(code, command.exitCode(), printed);
        return printed;
    }

    @Test
    @Order(0)
    void letsTheApplicationMakeAndDropDaysOfTheActivityLog() throws Exception {
        String partitions = "select count(*) from pg_inherits where inhparent = 'activity_chunk'::regclass";
        long before = database.number(partitions);

        database.execute("set role application", "select activity_make_partitions(current_date - 100, 0)");
        assertEquals(before + 1, database.number(partitions));

        database.execute("set role application", "select activity_drop_partition(current_date - 50)");
        assertEquals(before, database.number(partitions));
    }

    @Test
    @Order(1)
    void verifiesTheDatabase() throws Exception {
        String printed = run(0, settings, "verify-audit");

        assertTrue(printed.contains("Workspace 1: 2 entries"), printed);
        assertTrue(printed.contains("All is well."), printed);
    }

    @Test
    @Order(2)
    void verifiesAFileWithoutSettings() throws Exception {
        List<String> lines = new ArrayList<>(run(0, settings, "export-audit").lines().filter(AuditIT::isOfExport)
                .toList());
        export = Files.write(folder.resolve("audit.jsonl"), lines);
        assertEquals(4, lines.size(), () -> String.join("\n", lines));

        assertTrue(run(0, Map.of(), "verify-audit", export.toString()).contains("All is well."));

        lines.set(2, lines.get(2).replace("\"Group\"", "\"Other\""));
        Path edited = Files.write(folder.resolve("edited.jsonl"), lines);
        assertTrue(run(1, Map.of(), "verify-audit", edited.toString()).contains("Workspace 1, seq 2: entry 2 was edited"));
        run(1, Map.of(), "verify-audit", export.toString(), "--expect", "1:3:" + "0".repeat(64));
        run(2, Map.of(), "verify-audit", folder.resolve("missing").toString());
        run(2, Map.of(), "verify-audit", export.toString(), "--unknown", "x");
    }

    /** Beside what is logged to the other stream. */
    private static boolean isOfExport(String line) {
        return Stream.of("format", "workspace", "rows").anyMatch(first -> line.startsWith("{\"" + first + "\":"));
    }

    @Test
    @Order(3)
    void tellsADatabaseThatCanNotBeReachedFromOneThatWasTamperedWith() throws Exception {
        Map<String, String> elsewhere = new HashMap<>(settings);
        elsewhere.put("GATEHOUSE_DATABASE_URL", "postgresql://a:b@127.0.0.1:1/x");

        run(2, elsewhere, "verify-audit");
    }

    @Test
    @Order(4)
    void findsWhatASuperuserEdited() throws Exception {
        database.execute("alter table audit_entry disable trigger all", "update audit_entry set actor = 'user:1' where id = 1");

        assertTrue(run(1, settings, "verify-audit").contains("Workspace 1, seq 1: entry 1 was edited"));
    }
}
