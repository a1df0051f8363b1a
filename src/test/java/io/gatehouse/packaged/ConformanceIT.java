package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.gatehouse.testing.conformance.ExpectedFailures;
import io.gatehouse.testing.conformance.Report;

/**
 * The public conformance suite. A proxy server must come out as what it stands for does, check by check; a composed server
 * may lack what a list allows, and must lack all of that. {@code -Dgatehouse.conformance.record=yes} brings the list up to
 * date.
 */
class ConformanceIT {

    private static final Path LIST = Path.of("src/test/resources/conformance/composed.txt");
    private static final Map<ConformanceSuite, Report> DIRECT = new EnumMap<>(ConformanceSuite.class);

    private static NodeProject programs;
    private static EverythingServer everything;
    private static Installation gatehouse;

    @BeforeAll
    static void start() throws Exception {
        programs = new NodeProject("conformance");
        everything = new EverythingServer(programs, "both");
        gatehouse = Installation.onLocalhost();
    }

    @AfterAll
    static void stop() throws Exception {
        if (gatehouse != null) {
            gatehouse.close();
        }
        if (everything != null) {
            everything.close();
        }
    }

    private static Report direct(ConformanceSuite suite) throws Exception {
        if (!DIRECT.containsKey(suite)) {
            DIRECT.put(suite, suite.run(programs, "everything", everything.url().replace("127.0.0.1", "localhost")));
        }
        return DIRECT.get(suite);
    }

    // The proofs below are worth what this server is
    @ParameterizedTest
    @CsvSource({ "FIRST,44", "LEGACY,84", "MODERN,164" })
    void everythingIsThere(ConformanceSuite suite, int successes) throws Exception {
        Report report = direct(suite);

        assertEquals(successes, report.count("SUCCESS"));
        // An extension that the SDK does not have, and priming events for a revision that has none
        assertEquals(List.of(), report.shortOfSuccess().entrySet().stream()
                .filter(check -> !check.getKey().scenario().startsWith("tasks-"))
                .filter(check -> suite != ConformanceSuite.FIRST || !check.getKey().scenario().equals("server-sse-polling"))
                .toList());
    }

    @ParameterizedTest
    @EnumSource
    void aProxyServerChangesNoVerdict(ConformanceSuite suite) throws Exception {
        String url = gatehouse.proxy(everything.url());

        assertEquals(List.of(), direct(suite).differences(suite.run(programs, "proxy", url)));
    }

    @Test
    void seesWhatAProxySwallows() throws Exception {
        ConformanceSuite suite = ConformanceSuite.LEGACY;
        Report report;
        try (PassingProxy proxy = new PassingProxy(List.of(everything.url()),
                piece -> !piece.toString().contains("notifications/progress"))) {
            report = suite.run(programs, "swallowing", proxy.url() + "/mcp");
        }

        List<String> differences = direct(suite).differences(report);
        assertEquals(1, differences.size(), differences::toString);
        assertTrue(differences.get(0).startsWith("tools-call-with-progress:tools-call-with-progress: was SUCCESS"),
                differences.get(0));
    }

    @Test
    void aComposedServerLacksWhatItsListSaysAndNothingElse() throws Exception {
        ExpectedFailures list = new ExpectedFailures(LIST);
        Map<ConformanceSuite, Report> reports = new EnumMap<>(ConformanceSuite.class);
        try (ComposedServer composed = new ComposedServer(gatehouse)) {
            for (ConformanceSuite suite : ConformanceSuite.values()) {
                reports.put(suite, suite.run(programs, "composed", composed.url()));
            }
        }
        if (System.getProperty("gatehouse.conformance.record") != null) {
            for (ConformanceSuite suite : ConformanceSuite.values()) {
                list.record(suite.title(), reports.get(suite));
            }
        }

        List<String> faults = new ArrayList<>();
        reports.forEach((suite, report) -> faults.addAll(list.judge(suite.title(), report)));
        assertEquals("", String.join("\n", faults));
    }
}
