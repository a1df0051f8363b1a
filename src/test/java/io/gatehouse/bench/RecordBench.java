package io.gatehouse.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.gatehouse.packaged.PostgresServer;

/**
 * What the record of every call costs: proxied {@code tools/call}s with the activity log before and after the reply, as a
 * ratio to none, in one run. {@code ./mvnw verify -Pbench -Dit.test=RecordBench} runs it.
 */
class RecordBench {

    private static final String HEAD = """

            ### Proxied tools/call, by what is recorded, on %d connections

            | activity log | requests/s | of off | p50 ms | p99 ms | CPU s per 1,000 | of off | errors |
            |---|---:|---:|---:|---:|---:|---:|---:|
            """;
    private static final String ROW = "| %s | %,.0f | %.2f | %.3f | %.3f | %.3f | %.2f | %d |%n";
    private static final List<String> LOGS = List.of("off", "after-reply", "before-reply");

    @Test
    void comparesDurabilities() throws Exception {
        Report report = new Report(Path.of("target/bench-record.md"));
        report.circumstances();
        Map<String, Gatehouse> started = new LinkedHashMap<>();
        try (Load load = new Load(); BareProcess upstream = new BareProcess(Upstream.class)) {
            Map<String, Contender> contenders = new LinkedHashMap<>();
            for (String log : LOGS) {
                Gatehouse gatehouse = new Gatehouse(PostgresServer.durable(), Map.of("GATEHOUSE_ACTIVITY_LOG", log));
                started.put(log, gatehouse);
                URI server = gatehouse.proxied(upstream.port(), "/mcp");
                contenders.put(log, gatehouse.contender(gatehouse.through(server, Call.tool(upstream.port(), "/mcp"))));
                load.warmUp(contenders.get(log));
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
        Measured off = Measured.median(rounds.get("off"));
        for (Map.Entry<String, List<Measured>> log : rounds.entrySet()) {
            print(report, log.getKey(), Measured.median(log.getValue()), off);
        }
    }

    private static void print(Report report, String log, Measured figure, Measured off) throws IOException {
        report.print(ROW, log, figure.perSecond(), figure.perSecond() / off.perSecond(), figure.p50(), figure.p99(),
                figure.cpuPerThousand(), figure.cpuPerThousand() / off.cpuPerThousand(), figure.errors());
    }
}
