package io.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/**
 * What a call through Gatehouse costs, beside the direct call and beside a bare reverse proxy. {@code README.md} says how to
 * read it.
 */
class GatewayBench {

    private static final int WARM_UP_CONNECTIONS = 32;
    private static final int MOST_WARM_UPS = 12;
    private static final double CHEAPER = 0.95;

    @Test
    void comparesGatehouseWithBareVertx() throws Exception {
        Report report = new Report(Path.of("target/bench.md"));
        report.print("%nJava %s, %d processors, %s %s; the median of %d rounds of %d s%n", System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"), System.getProperty("os.arch"),
                Settings.rounds(), Settings.measured().toSeconds());
        try (Load load = new Load(); Subjects subjects = new Subjects(load)) {
            List<Operation> operations = subjects.operations().stream()
                    .filter(operation -> operation.name().contains(Settings.only())).toList();
            for (Operation operation : operations) {
                measure(load, operation, report);
            }
            report.goals();
            if (!Settings.saturation().isZero()) {
                Operation last = operations.get(operations.size() - 1);
                Saturation.watch(load, last.contenders().get(last.contenders().size() - 1), Settings.saturation(), report);
            }
        }
    }

    /** Until calls no longer become cheaper, for then they run as compiled code. */
    private static void warmUp(Load load, Contender contender) throws InterruptedException {
        double before = Double.MAX_VALUE;
        for (int i = 0; i < MOST_WARM_UPS; i++) {
            double cost = load.run(contender, WARM_UP_CONNECTIONS, Duration.ZERO, Settings.warmUp()).cpuPerThousand();
            if (cost >= CHEAPER * before) {
                return;
            }
            before = cost;
        }
    }

    private static void measure(Load load, Operation operation, Report report)
            throws IOException, InterruptedException {
        report.operation(operation);
        for (Contender contender : operation.contenders()) {
            warmUp(load, contender);
        }
        for (int connections : Settings.connections()) {
            Map<String, List<Measured>> rounds = new LinkedHashMap<>();
            for (int round = 0; round < Settings.rounds(); round++) {
                for (Contender contender : operation.contenders()) {
                    rounds.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                            .add(load.run(contender, connections, Settings.settling(), Settings.measured()));
                }
            }
            Map<String, Measured> medians = new LinkedHashMap<>();
            rounds.forEach((name, measured) -> medians.put(name, Measured.median(measured)));
            report.rows(operation, connections, medians);
        }
    }
}
