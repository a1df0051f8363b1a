package io.gatehouse.testing.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.gatehouse.testing.conformance.Report.Verdict;

/** The list of what fails is true, or says where it is not. */
class ExpectedFailuresTest {

    private static final String LIST = """
            # Nobody samples
            one sampling:asks FAILURE
            one sampling:asks#2 WARNING

            # Nor elsewhere
            other sampling:asks FAILURE
            """;
    private static final Check ASKS = new Check("sampling", "asks", 1);
    private static final Check ASKS_AGAIN = new Check("sampling", "asks", 2);
    private static final Check PING = new Check("ping", "ping", 1);

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("list.txt"), LIST);
    }

    private static Report report(String asks, String asksAgain, String ping) {
        return Report.of(Map.of(ASKS, new Verdict(asks, ""), ASKS_AGAIN, new Verdict(asksAgain, ""), PING,
                new Verdict(ping, ping.equals("SUCCESS") ? "" : "No pong")));
    }

    private List<String> judge(Report report) throws IOException {
        return new ExpectedFailures(file).judge("one", report);
    }

    @Test
    void isContentWithWhatIsListed() throws IOException {
        assertEquals(List.of(), judge(report("FAILURE", "WARNING", "SUCCESS")));
    }

    @Test
    void findsWhatIsNotListed() throws IOException {
        assertEquals(List.of("not listed: one ping:ping FAILURE No pong"),
                judge(report("FAILURE", "WARNING", "FAILURE")));
    }

    @Test
    void findsWhatIsStaleOrFailsInAnotherWay() throws IOException {
        assertEquals(List.of("stale: one sampling:asks FAILURE"), judge(report("SUCCESS", "WARNING", "SUCCESS")));
        assertEquals(List.of("stale: one sampling:asks FAILURE"), judge(report("INFO", "WARNING", "SUCCESS")));
        assertEquals(List.of("not listed: one sampling:asks SKIPPED ", "stale: one sampling:asks FAILURE"),
                judge(report("SKIPPED", "WARNING", "SUCCESS")));
        assertEquals(List.of("not listed: one sampling:asks#2 FAILURE ", "stale: one sampling:asks#2 WARNING"),
                judge(report("FAILURE", "FAILURE", "SUCCESS")));
        assertEquals(List.of("stale: one sampling:asks#2 WARNING"),
                judge(Report.of(Map.of(ASKS, new Verdict("FAILURE", "")))));
    }

    @Test
    void wantsAReason() throws IOException {
        Files.writeString(file, LIST.replace("# Nobody samples\n", ""));

        assertEquals(List.of("no reason is given for one sampling:asks FAILURE"),
                judge(report("FAILURE", "WARNING", "SUCCESS")));
    }

    @Test
    void recordsOneRunAndLeavesTheOthers() throws IOException {
        Report now = report("SUCCESS", "WARNING", "FAILURE");

        new ExpectedFailures(file).record("one", now);

        assertEquals("""
                # Nobody samples
                one sampling:asks#2 WARNING

                # Nor elsewhere
                other sampling:asks FAILURE

                one ping:ping FAILURE
                """, Files.readString(file));
        assertEquals(List.of("no reason is given for one ping:ping FAILURE"), judge(now));
    }

    @Test
    void recordsNoReasonWithoutAFailure() throws IOException {
        new ExpectedFailures(file).record("one", report("SUCCESS", "SUCCESS", "SUCCESS"));

        assertEquals("# Nor elsewhere\nother sampling:asks FAILURE\n", Files.readString(file));
    }
}
