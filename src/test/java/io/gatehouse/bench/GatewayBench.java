package io.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Path;
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

    @Test
    void comparesGatehouseWithBareVertx() throws Exception {
        Report report = new Report(Path.of("target/bench.md"));
        report.circumstances();
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

    private static void measure(Load load, Operation operation, Report report)
            throws IOException, InterruptedException {
        report.operation(operation);
        for (Contender contender : operation.contenders()) {
            load.warmUp(contender);
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
