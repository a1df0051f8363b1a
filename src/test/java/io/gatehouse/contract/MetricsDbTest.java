package io.gatehouse.contract;

import static io.gatehouse.testing.FakeUpstream.tool;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** The table of metrics tells of all that there are, and the dashboard and the alert rules look at no other. */
@QuarkusTest
class MetricsDbTest {

    private static final Path TABLE = Path.of("src/docs/metrics.md");
    private static final Path MONITORING = Path.of("deploy/k8s/components/monitoring");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(gatehouse_[a-z_]+)`(\\*?) \\|");
    private static final Pattern NAMED = Pattern.compile("`([a-z]+_[a-z_]+)`");
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\S+) ");
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)[{ ]");
    private static final Pattern USED = Pattern.compile("\\b(?:gatehouse|jvm|agroal|sql|process|worker)_[a-z_]+\\b");
    private static final Pattern OF_A_FAMILY = Pattern.compile("_(?:bucket|count|sum|total)$");

    @Inject
    Deployment deployment;

    private Set<String> shown;
    private Set<String> series;

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(pattern.matcher("").groupCount() == 0 ? 0 : 1));
        }
        return names;
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> left = new TreeSet<>(some);
        left.removeAll(others);
        return left;
    }

    @BeforeEach
    void look() {
        try (FakeUpstream upstream = new FakeUpstream(Era.MODERN).tools(tool("find", "Finds."))) {
            Agent agent = deployment.proxy(upstream.url(), Map.of()).agent();
            agent.send(agent.modern(1, "tools/call", Map.of("name", "find", "arguments", Map.of()))).join();
        }
        Await.until(this::hasPaused, () -> "No pause is told of");
        // The greatest value of a timer is a family of its own
        shown.removeIf(name -> name.endsWith("_max"));
    }

    /** Whether the process tells of a pause to collect garbage: one that is young makes its first one here. */
    private boolean hasPaused() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        String metrics = given().get("http://localhost:" + port + "/q/metrics").then().statusCode(200).extract().asString();
        shown = found(FAMILY, metrics);
        series = found(SERIES, metrics);
        boolean hasPaused = shown.contains("jvm_gc_pause_seconds");
        if (!hasPaused) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return hasPaused;
    }

    @Test
    void theTableHasAllThatAreShown() throws IOException {
        Set<String> own = new TreeSet<>(shown);
        own.removeIf(name -> !name.startsWith("gatehouse_"));

        assertEquals(Set.of(), without(own, found(ROW, Files.readString(TABLE))));
    }

    @Test
    void allAreShownThatTheTableHas() throws IOException {
        Set<String> sure = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(TABLE));
        while (row.find()) {
            if (row.group(2).isEmpty()) {
                sure.add(row.group(1));
            }
        }

        assertTrue(sure.size() > 10, sure::toString);
        assertEquals(Set.of(), without(sure, shown));
    }

    @ParameterizedTest
    @ValueSource(strings = { "gatehouse.json", "rules.yaml" })
    void whatIsLookedAtIsInTheTableOrOfALibraryThatIsThere(String file) throws IOException {
        String table = Files.readString(TABLE);
        Set<String> known = found(NAMED, table);
        Set<String> used = new TreeSet<>();
        for (String name : found(USED, Files.readString(MONITORING.resolve(file)))) {
            String family = OF_A_FAMILY.matcher(name).replaceFirst("");
            used.add(known.contains(name) || shown.contains(name) ? name : family);
        }
        // Nothing is shown for the bucket of a summary, and nobody is told
        Set<String> lookedFor = found(USED, Files.readString(MONITORING.resolve(file)));
        lookedFor.removeIf(name -> !shown.contains(name) && !shown.contains(OF_A_FAMILY.matcher(name).replaceFirst("")));
        assertTrue(lookedFor.size() > 10, lookedFor::toString);
        assertEquals(Set.of(), without(lookedFor, series));
        Set<String> ofLibraries = new TreeSet<>(used);
        ofLibraries.removeIf(name -> name.startsWith("gatehouse_"));

        assertTrue(used.size() > 10, used::toString);
        assertEquals(Set.of(), without(without(used, ofLibraries), found(ROW, table)));
        assertEquals(Set.of(), without(ofLibraries, shown));
    }

    @Test
    void theDashboardIsOneThatGrafanaTakes() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(MONITORING.resolve("gatehouse.json")));
        Set<Integer> ids = new TreeSet<>();

        for (JsonNode panel : dashboard.path("panels")) {
            assertTrue(ids.add(panel.path("id").asInt()), panel::toString);
            assertTrue(panel.path("gridPos").path("x").asInt() + panel.path("gridPos").path("w").asInt() <= 24,
                    panel::toString);
            panel.path("targets").forEach(target -> assertTrue(target.path("expr").asText().contains("$namespace"),
                    target::toString));
        }
        assertTrue(ids.size() > 30, ids::toString);
    }
}
