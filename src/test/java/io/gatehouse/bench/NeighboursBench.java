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
 * What upstreams that misbehave cost the other servers of a gateway, and its memory. The calls to them take processors too,
 * so a row of calls to one that behaves stands beside theirs, and each caller makes a pause, or else none.
 * {@code ./mvnw verify -Pbench -Dit.test=NeighboursBench} runs it.
 */
class NeighboursBench {

    private static final int CONNECTIONS = 16;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** As good as none: a timer needs one. */
    private static final Duration NO_PAUSE = Duration.ofMillis(1);
    private static final String ALONE = "nobody";
    private static final String HEAD = """

            ### Beside %d calls at a time, %d ms between a caller's calls

            | others' server | their calls/s | requests/s | of alone | p50 ms | of alone | p99 ms | of alone | heap MiB | resident MiB | errors |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;
    private static final String ROW = "| %s | %,.0f | %,.0f | %.2f | %.3f | %.2f | %.3f | %.2f | %.1f | %.0f | %d |%n";

    /** What was seen beside one kind of neighbours. */
    private record Beside(List<Measured> rounds, List<Double> ended, List<Double> heaps) {

        Beside() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Map<String, String> paths = new LinkedHashMap<>();
    private Load load;
    private Gatehouse gatehouse;
    private Heap heap;
    private BareProcess others;
    private Contender good;

    @Test
    void comparesBeingAloneWithBadNeighbours() throws Exception {
        Report report = new Report(Path.of("target/bench-neighbours.md"));
        report.circumstances();
        paths.put(ALONE, null);
        paths.put("behaves", "/mcp");
        for (Misbehaviour kind : Misbehaviour.values()) {
            paths.put(kind.words(), kind.path());
        }
        try (Load driven = new Load();
                BareProcess upstream = new BareProcess(Upstream.class);
                BareProcess apart = new BareProcess(Upstream.class);
                Gatehouse measured = new Gatehouse();
                Heap watched = new Heap(measured.process())) {
            load = driven;
            others = apart;
            gatehouse = measured;
            heap = watched;
            good = gatehouse.contender(calling(upstream, "/mcp"));
            load.warmUp(good);
            rounds(1, NO_PAUSE);
            double before = heap.kept();
            compare(PAUSE, report);
            compare(NO_PAUSE, report);
            report.print("%n- the heap keeps %.1f MiB after all, %.1f MiB before%n", heap.kept(), before);
        }
    }

    /** Through a server of its own, of which nobody knows yet how it behaves. */
    private Call calling(BareProcess upstream, String path) {
        return gatehouse.through(gatehouse.proxied(upstream.port(), path), Call.tool(upstream.port(), path));
    }

    private void compare(Duration pause, Report report) throws IOException, InterruptedException {
        Map<String, Beside> seen = rounds(Settings.rounds(), pause);
        report.print(HEAD, Neighbours.AT_ONCE, pause.toMillis());
        Measured alone = Measured.median(seen.get(ALONE).rounds());
        for (Map.Entry<String, Beside> kind : seen.entrySet()) {
            Measured figure = Measured.median(kind.getValue().rounds());
            report.print(ROW, kind.getKey(), Measured.median(kind.getValue().ended()), figure.perSecond(),
                    figure.perSecond() / alone.perSecond(), figure.p50(), figure.p50() / alone.p50(), figure.p99(),
                    figure.p99() / alone.p99(), Measured.median(kind.getValue().heaps()), figure.resident(),
                    figure.errors());
        }
    }

    private Map<String, Beside> rounds(int rounds, Duration pause) throws InterruptedException {
        Map<String, Beside> seen = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, String> kind : paths.entrySet()) {
                Beside beside = seen.computeIfAbsent(kind.getKey(), name -> new Beside());
                Call call = kind.getValue() == null ? null : calling(others, kind.getValue());
                try (Neighbours neighbours = new Neighbours(call, pause)) {
                    beside.rounds().add(load.run(good, CONNECTIONS, Settings.settling(), Settings.measured()));
                    beside.ended().add(neighbours.endedPerSecond());
                    beside.heaps().add(heap.kept());
                }
            }
        }
        return seen;
    }
}
