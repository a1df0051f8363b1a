package io.gatehouse.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import io.gatehouse.packaged.PostgresServer;

/**
 * What limits and the record of every call cost: proxied {@code tools/call}s, as a ratio to those without either in one run.
 * {@code ./mvnw verify -Pbench -Dit.test=RecordBench} runs it.
 */
class RecordBench {

    private static final Logger LOG = Logger.getLogger(RecordBench.class);

    private static final String HEAD = """

            ### Proxied tools/call, limited and recorded, on %d connections

            | limits, log | requests/s | of neither | goal | p50 ms | p99 ms | CPU s per 1,000 | of neither | errors |
            |---|---:|---:|---|---:|---:|---:|---:|---:|
            """;
    private static final String ROW = "| %s | %,.0f | %.2f | %s | %.3f | %.3f | %.3f | %.2f | %d |%n";
    private static final String NEITHER = "none, off";
    private static final Map<String, Double> GOALS = Map.of("some, after-reply", 0.85, "some, before-reply", 0.6);
    private static final List<String> WAYS = Stream.of("some, off", "some, after-reply", "some, before-reply")
            .filter(way -> way.contains(Settings.only())).toList();

    @Test
    void comparesWays() throws Exception {
        Report report = new Report(Path.of("target/bench-record.md"));
        report.circumstances();
        Map<String, Gatehouse> started = new LinkedHashMap<>();
        try (Load load = new Load(); BareProcess upstream = new BareProcess(Upstream.class)) {
            Map<String, Contender> contenders = new LinkedHashMap<>();
            for (String way : Stream.concat(Stream.of(NEITHER), WAYS.stream()).toList()) {
                PostgresServer database = PostgresServer.durable();
                Gatehouse gatehouse = new Gatehouse(database,
                        Map.of("GATEHOUSE_ACTIVITY_LOG", way.replaceFirst(".*, ", "")));
                started.put(way, gatehouse);
                URI server = gatehouse.proxied(upstream.port(), "/mcp");
                if (way.startsWith("some")) {
                    gatehouse.limit(server);
                }
                contenders.put(way, gatehouse.contender(gatehouse.through(server, Call.tool(upstream.port(), "/mcp"))));
                load.warmUp(contenders.get(way));
                // From now on it writes its log over segments that it has, as one does that was not made a minute ago
                database.execute("checkpoint");
            }
            for (int connections : Settings.connections()) {
                compare(load, contenders, connections, report);
            }
        } finally {
            for (Gatehouse gatehouse : started.values()) {
                gatehouse.close();
            }
        }
    }

    /** Each round goes back and forth, so that a machine that becomes slower meanwhile favours none. */
    private static void compare(Load load, Map<String, Contender> contenders, int connections, Report report)
            throws Exception {
        Map<String, List<Measured>> rounds = new LinkedHashMap<>();
        List<String> order = new ArrayList<>(contenders.keySet());
        for (int round = 0; round < Settings.rounds(); round++) {
            for (String way : order) {
                rounds.computeIfAbsent(way, name -> new ArrayList<>())
                        .add(load.run(contenders.get(way), connections, Settings.settling(), Settings.measured()));
            }
            Collections.reverse(order);
        }
        report.print(HEAD, connections);
        for (String way : contenders.keySet()) {
            print(report, way, rounds.get(way), rounds.get(NEITHER));
        }
    }

    private static void print(Report report, String way, List<Measured> rounds, List<Measured> neither) throws IOException {
        Measured figure = Measured.median(rounds);
        double share = share(rounds, neither, Measured::perSecond);
        Double goal = GOALS.get(way);
        report.print(ROW, way, figure.perSecond(), share, goal == null ? "none" : goal + ": " + Report.word(share >= goal),
                figure.p50(), figure.p99(), figure.cpuPerThousand(), share(rounds, neither, Measured::cpuPerThousand),
                figure.errors());
        if (figure.error() != null) {
            LOG.warnf("%s: %s", way, figure.error());
        }
    }

    /** The median of what each round had of the other's same round. */
    private static double share(List<Measured> rounds, List<Measured> others, ToDoubleFunction<Measured> figure) {
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            shares.add(figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(others.get(i)));
        }
        return Measured.median(shares);
    }
}
