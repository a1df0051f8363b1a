package io.gatehouse.journal.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.gatehouse.journal.chain.AuditDatabases.Key;

/** A chain of 100,000 entries, and what somebody does to it who may do everything with the database. */
class TamperingDbTest {

    private static final String BASE = "base";
    private static final String WORD = "database";
    private static final List<String> UNLOCK = List.of("audit_entry", "audit_link", "audit_checkpoint", "audit_key").stream()
            .map(table -> "alter table " + table + " disable trigger all").toList();
    /** Links what comes from a place on anew, as the database does itself. */
    private static final String RELINK = """
            do $$
            declare entry audit_entry;
            begin
                create temp table again on commit drop as select entry_id, seq from audit_link where workspace_id = 1 and seq >= %1$d;
                delete from audit_link where workspace_id = 1 and seq >= %1$d;
                for entry in select e.* from audit_entry e join again a on a.entry_id = e.id order by a.seq loop
                    perform audit_append(entry);
                end loop;
            end $$""";

    private static final String WRONG = " was edited, replaced, moved or inserted";
    private static final String ENTRY = "(id, workspace_id, created_at, actor, source, action, resource_type, resource_id, changes) "
            + "values (%d, 1, now(), 'a', 's', 'x', 'x', 'x', '{}')";

    private static AuditDatabases databases;
    private static String head;
    private static int copies;

    @TempDir
    Path folder;

    @BeforeAll
    static void write() throws Exception {
        databases = new AuditDatabases();
        databases.create(BASE, "postgres");
        databases.migrate(BASE, "postgres");
        databases.run(BASE, AuditDatabases.FILL.formatted(1, 100_000));
        databases.run(BASE, AuditDatabases.FILL.formatted(2, 1_500));
        databases.sign(BASE, databases.key);
        head = databases.text(BASE, "select '1:' || seq || ':' || encode(hash, 'hex') from audit_link where workspace_id = 1 "
                + "order by seq desc limit 1");
    }

    @AfterAll
    static void close() throws IOException {
        databases.close();
    }

    /** A database that somebody got at. */
    private static String tampered(String... statements) throws SQLException {
        String copy = WORD + copies++;
        databases.run("postgres", "create database " + copy + " template " + BASE);
        databases.run(copy, UNLOCK.toArray(String[]::new));
        databases.run(copy, statements);
        return copy;
    }

    /** Without the lines that sum up. */
    private static List<String> faults(List<String> said) {
        return said.stream().filter(line -> line.matches("Workspace \\d+(, seq \\d+)?: (?!\\d+ entries).*")).toList();
    }

    private static List<String> faults(String database) {
        return faults(databases.verify(database, List.of(), databases.key));
    }

    @Test
    void findsNothingWhereNothingWasDone() {
        List<String> said = databases.verify(BASE, List.of(head), databases.key);

        assertEquals(List.of("Workspace 1: 100000 entries, the first 100000 of them signed. To expect this later: " + head,
                "All is well."), List.of(said.get(0), said.get(2)));
    }

    @Test
    void findsAnEditOfEveryField() throws SQLException {
        List<String> columns = List.of("created_at = created_at + interval '1 microsecond'", "actor = 'x'", "source = 'x'",
                "request_id = null", "address = '-'", "user_agent = ''", "action = 'x'", "resource_type = 'x'",
                "resource_id = resource_id || ' '", "resource_name = 'x'", "changes = '{}'", "workspace_id = 2", "id = 1000000",
                // What a field loses the next one gets
                "actor = actor || source, source = ''");
        String[] edits = IntStream.range(0, columns.size()).mapToObj(
                n -> "update audit_entry set " + columns.get(n) + " where id = " + (n * 7_001 + 1)).toArray(String[]::new);

        List<String> found = faults(tampered(edits));

        List<String> expected = new ArrayList<>();
        for (int n = 0; n < columns.size(); n++) {
            int seq = n * 7_001 + 1;
            expected.add("Workspace 1, seq " + seq + ": " + (columns.get(n).startsWith("id =") ? "the entry was removed"
                    : "entry " + seq + WRONG));
        }
        expected.add("Workspace 1: entry 1000000 is in no chain: it was inserted beside it, or its link was removed");
        assertEquals(expected, found);
    }

    /** Each at a place of its own, with what is to be said of it. */
    private static final Map<String, List<String>> TAMPERINGS = Map.ofEntries(
            Map.entry("delete from audit_entry where id = 50000", List.of("1, seq 50000: the entry was removed")),
            Map.entry("delete from audit_link where entry_id = 50003", List.of("1, seq 50003: the link was removed",
                    "1: entry 50003 is in no chain: it was inserted beside it, or its link was removed")),
            Map.entry("""
                    with gone as (delete from audit_link where seq between 41 and 50 and workspace_id = 1 returning entry_id)
                    delete from audit_entry where id in (select entry_id from gone)""",
                    List.of("1, seq 41: the links from here to 50 were removed")),
            Map.entry("""
                    with gone as (delete from audit_link where seq > 1400 and workspace_id = 2 returning entry_id)
                    delete from audit_entry where id in (select entry_id from gone)""",
                    List.of("2, seq 1500: there is a checkpoint, but no link: the chain was cut, or a link was removed")),
            Map.entry("insert into audit_entry " + ENTRY.formatted(200_000),
                    List.of("1: entry 200000 is in no chain: it was inserted beside it, or its link was removed")),
            Map.entry("""
                    update audit_link set seq = -seq - 1 where seq >= 99998 and workspace_id = 1;
                    update audit_link set seq = -seq where seq < 0; insert into audit_entry %s;
                    insert into audit_link values (1, 99998, 200001, 1, sha256('x'))""".formatted(ENTRY.formatted(200_001)),
                    List.of("1, seq 99998: entry 200001" + WRONG, "1, seq 99999: entry 99998" + WRONG,
                            "1, seq 100000: entry 99999" + WRONG, "1, seq 100000: the checkpoint is of another chain: "
                                    + "what is up to here was written anew",
                            "1, seq 100001: entry 100000" + WRONG)),
            Map.entry("""
                    update audit_link set entry_id = case entry_id when 11 then -12 else -11 end where entry_id in (11, 12);
                    update audit_link set entry_id = -entry_id where entry_id < 0""",
                    List.of("1, seq 11: entry 12" + WRONG, "1, seq 12: entry 11" + WRONG)),
            Map.entry(
                    """
                            update audit_link set seq = case seq when 21 then -22 else -21 end where seq in (21, 22) and workspace_id = 1;
                            update audit_link set seq = -seq where seq < 0""",
                    List.of("1, seq 21: entry 22" + WRONG, "1, seq 22: entry 21" + WRONG, "1, seq 23: entry 23" + WRONG)),
            Map.entry("update audit_link set version = 2 where entry_id = 3",
                    List.of("1, seq 3: a link of version 2, which this Gatehouse does not know")),
            Map.entry("update audit_link set hash = sha256('x') where entry_id = 5",
                    List.of("1, seq 5: entry 5" + WRONG, "1, seq 6: entry 6" + WRONG)),
            Map.entry("delete from audit_checkpoint where seq = 20000",
                    List.of("1, seq 30000: the checkpoint follows one at 20000, but the last one is at 10000")),
            Map.entry("update audit_checkpoint set seq = 40001 where seq = 40000",
                    List.of("1, seq 40001: the checkpoint is that of another place",
                            "1, seq 50000: the checkpoint follows one at 40000, but the last one is at 40001")),
            Map.entry("""
                    update audit_checkpoint set signed = left(signed, -9)
                        || case left(right(signed, 9), 1) when 'A' then 'B' else 'A' end || right(signed, 8)
                    where seq = 70000""",
                    List.of("1, seq 70000: the checkpoint is not signed by a key that is trusted",
                            "1, seq 80000: the checkpoint follows one at 70000, but the last one is at 60000")));

    @Test
    void findsWhatWasRemovedInsertedReorderedCutAndResigned() throws SQLException {
        List<String> found = faults(tampered(TAMPERINGS.keySet().toArray(String[]::new)));

        assertEquals(TAMPERINGS.values().stream().flatMap(List::stream).map(what -> "Workspace " + what).sorted().toList(),
                found.stream().sorted().toList());
    }

    @Test
    void findsAChainThatWasLinkedAnewBehindAnEditByItsCheckpoints() throws SQLException {
        String database = tampered("update audit_entry set actor = 'user:2' where id = 95000", RELINK.formatted(95_000));

        assertEquals(
                List.of("Workspace 1, seq 100000: the checkpoint is of another chain: what is up to here was written anew"),
                faults(database));
    }

    @Test
    void findsAChainThatWasLinkedAndSignedAnewByTheKeysThatAreKeptElsewhere() throws SQLException {
        String database = tampered("update audit_entry set actor = 'user:2' where id = 99000", RELINK.formatted(99_000),
                "delete from audit_checkpoint", "delete from audit_key");
        Key theirs = new Key("ours");
        databases.sign(database, theirs);

        assertEquals(List.of(), faults(databases.verify(database, List.of())));
        assertEquals(11, faults(database).size());
        assertTrue(faults(databases.verify(database, List.of(head))).get(0).contains("not the hash that is expected"));
    }

    @Test
    void findsATailThatWasCutWithItsCheckpointsByWhatIsKnownElsewhere() throws Exception {
        String kept = databases.text(BASE, "select signed from audit_checkpoint where seq = 100000");
        Path log = Files.writeString(folder.resolve("log"), "INFO Audit checkpoint of workspace 1 at seq 100000: " + kept);
        String database = tampered("delete from audit_checkpoint where seq > 90000",
                "delete from audit_link where seq > 90000", "delete from audit_entry where id > 90000 and id <= 100000");

        assertEquals(List.of(), faults(database));
        for (String known : List.of(head, log.toString())) {
            assertEquals(List.of("Workspace 1, seq 100000: there is no link where one is expected: the chain ends at 90000"),
                    faults(databases.verify(database, List.of(known), databases.key)));
        }
    }

    @Test
    void signsNoMoreWhatIsNotAsItWasWritten() throws SQLException {
        String database = tampered("update audit_entry set actor = 'x' where id = 101500",
                "delete from audit_checkpoint where seq = 1500");
        String before = databases.text(database, "select string_agg(seq::text, ',' order by seq) from audit_checkpoint");

        databases.sign(database, databases.key);

        assertEquals(before, databases.text(database, "select string_agg(seq::text, ',' order by seq) from audit_checkpoint"));
    }

    @Test
    void tellsTheSameOfAFileWithoutADatabase() throws Exception {
        List<String> whole = databases.export(BASE);
        List<String> lines = new ArrayList<>(whole.subList(100_001, whole.size() - 1));
        lines.add(0, whole.get(0));
        lines.add(ExportFile.end(1_500));

        assertEquals(List.of(), ofFile(all -> all, whole));
        assertEquals(List.of(), ofFile(all -> all, lines));
        assertEquals(1, ofFile(all -> edited(all, 500), lines).size());
        assertEquals(1, ofFile(all -> removed(all, 500), lines).size());
        assertEquals(List.of("cut"), ofFile(all -> all.subList(0, 900), lines));
        assertEquals(List.of("cut"), ofFile(all -> IntStream.range(0, all.size()).filter(n -> n != 500).mapToObj(all::get)
                .toList(), lines));
    }

    private static List<String> edited(List<String> lines, int which) {
        List<String> all = new ArrayList<>(lines);
        all.set(which, all.get(which).replaceFirst("user:\\d+", "user:0"));
        return all;
    }

    private static List<String> removed(List<String> lines, int which) {
        List<String> all = new ArrayList<>(lines);
        all.remove(which);
        all.set(all.size() - 1, ExportFile.end(all.size() - 2));
        return all;
    }

    private List<String> ofFile(UnaryOperator<List<String>> change, List<String> lines) throws IOException {
        Path file = Files.write(folder.resolve("export"), change.apply(lines));
        List<String> said = new ArrayList<>();
        Verification[] verification = new Verification[1];
        try {
            ExportFile.read(file, keys -> {
                verification[0] = new Verification(new TrustedKeys(keys), expectNothing(), said::add);
                return verification[0]::accept;
            });
        } catch (IllegalArgumentException cut) {
            return List.of("cut");
        }
        verification[0].end();
        return faults(said);
    }

    private static Expectations expectNothing() {
        try {
            return Expectations.of(List.of(), new TrustedKeys(List.of()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
