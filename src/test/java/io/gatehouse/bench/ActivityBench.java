package io.gatehouse.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.packaged.Installation;
import io.gatehouse.packaged.PostgresServer;
import io.gatehouse.testing.Wire.Answer;

/**
 * How soon a search in an activity log of ten million entries is answered, and how many entries per second are written.
 * {@code ./mvnw verify -Pbench -Dit.test=ActivityBench} runs it.
 */
class ActivityBench {

    private static final String SERVERS = "/api/mcp/mcp_servers";
    private static final String AFTER = "page%5Bafter%5D=";
    private static final int DAYS = 5;
    private static final int WARM_UP = 300;
    private static final int TIMES = 200;
    private static final int DEEP_TIMES = 20;
    private static final int PAGES = 5;
    private static final double GOAL_MILLIS = 200;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int CONNECTIONS = 256;
    private static final String HEAD = """

            ### %s

            | filter | p50 ms | p95 ms | p99 ms | entries a page | goal |
            |---|---:|---:|---:|---:|---|
            """;
    private static final String ROW = "| %s | %.1f | %.1f | %.1f | %.0f | %s |%n";

    private final List<String> handles = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private Installation installation;
    private Report report;

    @Test
    void searchesAndWrites() throws Exception {
        report = new Report(Path.of("target/bench-activity.md"));
        report.print("%nJava %s, %d processors, %s %s%n", System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"), System.getProperty("os.arch"));
        PostgresServer database = PostgresServer.durable();
        try (Gatehouse gatehouse = new Gatehouse(database, Map.of());
                Load load = new Load();
                BareProcess upstream = new BareProcess(Upstream.class)) {
            installation = gatehouse.installation();
            Searches searches = fill(database);
            search(searches);
            report.print("%nMore than %.0f ms at p95: %s%n", GOAL_MILLIS,
                    missed.isEmpty() ? "none" : String.join(", ", missed));
            report.print("%n### Written, on %d connections%n%n| call | entries/s |%n|---|---:|%n", CONNECTIONS);
            write(database, load, gatehouse, "`tools/list`, composed, no tools",
                    Call.list(upstream.port(), "/mcp"), URI.create(server("Empty").path("mcp_url").asText()));
            write(database, load, gatehouse, "`tools/call`, proxied", Call.tool(upstream.port(), "/mcp"),
                    gatehouse.proxied(upstream.port(), "/mcp"));
        }
    }

    private JsonNode server(String name) {
        return installation.made("POST", SERVERS,
                Map.of("name", name, "folder_id", installation.get("/api/folders").json().at("/items/0/id").asInt()));
    }

    private Searches fill(PostgresServer database) throws Exception {
        long count = Settings.entries();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < Entries.SERVERS; i++) {
            handles.add(server("Server " + i).path("handle").asText());
            ids.add(database.number("select id from mcp_server where handle = '" + handles.get(i) + "'"));
        }
        Entries entries = new Entries(database, ids, count, Settings.together());
        Instant now = Instant.now();
        entries.fill(count, DAYS, now);
        report.print(
                "%n%,d entries of %d days, %d servers, %d committed together; table %.1f GiB, indexes %.1f GiB; filled in %d s%n",
                database.number("select sum(infos + warnings + errors) from activity_chunk"), DAYS, handles.size(),
                Settings.together(),
                gibibytes(database, "pg_table_size"), gibibytes(database, "pg_indexes_size"),
                Duration.between(now, Instant.now()).toSeconds());
        return new Searches(now.truncatedTo(ChronoUnit.DAYS).minus(DAYS - 1L, ChronoUnit.DAYS), now, entries.jobs());
    }

    private static double gibibytes(PostgresServer database, String function) throws Exception {
        return database.number("select sum(" + function + "(inhrelid)) from pg_inherits "
                + "where inhparent = 'activity_chunk'::regclass") / (double) (1 << 30);
    }

    private void search(Searches searches) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            ask(searches, "");
        }
        report.print(HEAD, "Filters that indexes know, the first page of 100");
        for (Map.Entry<String, Supplier<String>> search : searches.indexed().entrySet()) {
            time(search.getKey(), TIMES, true, () -> ask(searches, search.getValue().get()));
        }
        report.print(HEAD, "Later pages, by cursor");
        pages(searches, "none", "");
        pages(searches, "tool, frequent", "tool=get_thing_1");
        pages(searches, "tool, rare", "tool=" + Entries.RARE_TOOL);
        pages(searches, "user", "user=user:3");
        pages(searches, "level `error`", "level=error");
        report.print(HEAD, "Looked into, without an index; a page ends after two seconds");
        for (Map.Entry<String, Supplier<String>> search : searches.deep().entrySet()) {
            time(search.getKey(), DEEP_TIMES, false, () -> ask(searches, search.getValue().get()));
        }
    }

    /** Pages that follow one another, from somewhere in the log; of those, the first is not counted. */
    private void pages(Searches searches, String name, String query) throws IOException {
        List<Timed> pages = new ArrayList<>();
        for (int i = 0; i < TIMES / PAGES; i++) {
            String logs = logs(searches);
            String from = query + "&" + searches.upToSomewhere();
            String after = get(logs, from + "&page%5Bsize%5D=10").after();
            for (int page = 0; page < PAGES && after != null; page++) {
                Timed next = get(logs, from + "&" + AFTER + after);
                pages.add(next);
                after = next.after();
            }
        }
        row(name, pages, true);
    }

    private void time(String name, int times, boolean hasGoal, Supplier<Timed> search) throws IOException {
        List<Timed> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(search.get());
        }
        row(name, answers, hasGoal);
    }

    private record Timed(double millis, int entries, String after) {
    }

    private String logs(Searches searches) {
        return SERVERS + "/" + handles.get(searches.server()) + "/logs?";
    }

    private Timed ask(Searches searches, String query) {
        return get(logs(searches), query);
    }

    private Timed get(String logs, String query) {
        long began = System.nanoTime();
        Answer answer = installation.get(logs + query);
        double millis = (System.nanoTime() - began) / NANOS_PER_MILLI;
        assertEquals(200, answer.status(), () -> query + ": " + answer.text());
        JsonNode page = answer.json();
        return new Timed(millis, page.path("items").size(), page.path("after").asText(null));
    }

    private void row(String name, List<Timed> answers, boolean hasGoal) throws IOException {
        Histogram latencies = new Histogram(3);
        answers.forEach(answer -> latencies.recordValue((long) (answer.millis() * NANOS_PER_MILLI)));
        double p95 = latencies.getValueAtPercentile(95) / NANOS_PER_MILLI;
        String goal = hasGoal ? Report.word(p95 < GOAL_MILLIS) : "none";
        if (hasGoal && p95 >= GOAL_MILLIS) {
            missed.add(name);
        }
        report.print(ROW, name, latencies.getValueAtPercentile(50) / NANOS_PER_MILLI, p95,
                latencies.getValueAtPercentile(99) / NANOS_PER_MILLI,
                answers.stream().mapToInt(Timed::entries).average().orElse(0), goal);
    }

    /** Every call is answered when its entry is committed; what counts is what stands in the log afterwards. */
    private void write(PostgresServer database, Load load, Gatehouse gatehouse, String name, Call direct, URI server)
            throws Exception {
        Contender calls = gatehouse.contender(gatehouse.through(server, direct));
        load.warmUp(calls);
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < Settings.rounds(); round++) {
            Instant began = Instant.now();
            Measured measured = load.run(calls, CONNECTIONS, Settings.settling(), Settings.measured());
            assertEquals(0, measured.errors(), measured.error());
            long millis = Duration.between(began, Instant.now()).toMillis();
            rounds.add(database.number("select sum(infos + warnings + errors) from activity_chunk where at >= '"
                    + began + "'")
                    * (double) TimeUnit.SECONDS.toMillis(1) / millis);
        }
        report.print("| %s | %,.0f |%n", name, Measured.median(rounds));
    }
}
