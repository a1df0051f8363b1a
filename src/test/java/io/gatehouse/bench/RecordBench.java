package io.gatehouse.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.gatehouse.packaged.PostgresServer;

/**
 * What limits and the record of every call cost: proxied {@code tools/call}s, as a ratio to those without either in one run.
 * {@code ./mvnw verify -Pbench -Dit.test=RecordBench} runs it.
 */
class RecordBench {

    private static final String HEAD = """

            ### Proxied tools/call, limited and recorded, on %d connections

            | limits, log | requests/s | of neither | p50 ms | p99 ms | CPU s per 1,000 | of neither | errors |
            |---|---:|---:|---:|---:|---:|---:|---:|
            """;
    private static final String ROW = "| %s | %,.0f | %.2f | %.3f | %.3f | %.3f | %.2f | %d |%n";
    private static final String NEITHER = "none, off";
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
                Gatehouse gatehouse = new Gatehouse(PostgresServer.durable(),
                        Map.of("GATEHOUSE_ACTIVITY_LOG", way.replaceFirst(".*, ", "")));
                started.put(way, gatehouse);
                URI server = gatehouse.proxied(upstream.port(), "/mcp");
                if (way.startsWith("some")) {
                    gatehouse.limit(server);
                }
                contenders.put(way, gatehouse.contender(gatehouse.through(server, Call.tool(upstream.port(), "/mcp"))));
                load.warmUp(contenders.get(way));
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

    private static void compare(Load load, Map<String, Contender> contenders, int connections, Report report)
            throws Exception {
        Map<String, List<Measured>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < Settings.rounds(); round++) {
            for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                rounds.computeIfAbsent(contender.getKey(), name -> new ArrayList<>())
                        .add(load.run(contender.getValue(), connections, Settings.settling(), Settings.measured()));
            }
        }
        report.print(HEAD, connections);
        Measured neither = Measured.median(rounds.get(NEITHER));
        for (Map.Entry<String, List<Measured>> way : rounds.entrySet()) {
            print(report, way.getKey(), Measured.median(way.getValue()), neither);
        }
    }

    private static void print(Report report, String way, Measured figure, Measured neither) throws IOException {
        report.print(ROW, way, figure.perSecond(), figure.perSecond() / neither.perSecond(), figure.p50(), figure.p99(),
                figure.cpuPerThousand(), figure.cpuPerThousand() / neither.cpuPerThousand(), figure.errors());
    }
}
