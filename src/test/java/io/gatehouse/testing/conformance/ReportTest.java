package io.gatehouse.testing.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs are read whole, and nothing that differs goes unseen. */
class ReportTest {

    private static final String GOOD = "[{'id':'a','status':'SUCCESS'},{'id':'b','status':'INFO'},{'id':'a','status':'SUCCESS'}]";

    @TempDir
    Path one;
    @TempDir
    Path other;

    @BeforeEach
    void leaveTheSame() throws IOException {
        leave(one, "tools-list", GOOD);
        leave(other, "tools-list", GOOD);
    }

    private static void leave(Path run, String scenario, String checks) throws IOException {
        Path folder = run.resolve("server-" + scenario + "-2026-11-21T11-26-50-699Z");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("checks.json"), checks.replace('\'', '"'));
    }

    private List<String> differences() throws IOException {
        return Report.read(one).differences(Report.read(other));
    }

    @Test
    void findsNothingBetweenTheSame() throws IOException {
        assertEquals(List.of(), differences());
    }

    @Test
    void findsACheckThatChanged() throws IOException {
        leave(other, "tools-list",
                GOOD.replaceFirst("SUCCESS'}]", "WARNING','errorMessage':'Hm'}]"));

        assertEquals(List.of("tools-list:a#2: was SUCCESS, and is WARNING (Hm)"), differences());
    }

    @Test
    void findsACheckThatIsMissing() throws IOException {
        leave(other, "tools-list", "[{'id':'a','status':'SUCCESS'},{'id':'a','status':'SUCCESS'}]");

        assertEquals(List.of("tools-list:b: was INFO, and is not made"), differences());
    }

    @Test
    void findsACheckThatCameAnotherTime() throws IOException {
        leave(other, "tools-list", GOOD.replace("]", ",{'id':'b','status':'INFO'}]"));

        assertEquals(List.of("tools-list:b#2: was not made, and is INFO"), differences());
    }

    @Test
    void findsAScenarioThatIsMissingAlsoWhenItHasNoChecks() throws IOException {
        leave(one, "ping", "[]");

        assertEquals(List.of("ping:nothing: was NONE, and is not made"), differences());
    }

    @ParameterizedTest
    @ValueSource(strings = { "[]", "[{'id':'a','status':'INFO'},{'id':'a','status':'SKIPPED'}]" })
    void refusesARunThatCheckedNothing(String checks) throws IOException {
        leave(one, "tools-list", checks);

        assertThrows(AssertionError.class, () -> Report.read(one));
    }

    @Test
    void refusesARunThatLeftNothingOrNotAll() throws IOException {
        assertThrows(NoSuchFileException.class, () -> Report.read(one.resolve("nowhere")));
        assertThrows(AssertionError.class, () -> Report.read(Files.createDirectory(other.resolve("empty"))));
        assertThrows(AssertionError.class, () -> Report.read(other));

        Files.createDirectories(one.resolve("server-ping-2026-11-21T11-26-50-699Z"));
        assertThrows(IOException.class, () -> Report.read(one));
    }
}
