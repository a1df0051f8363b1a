package io.gatehouse.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at Gatehouse's memory, minute by minute, while it has all the load that it can take. */
final class Saturation {

    private static final int CONNECTIONS = 256;

    /** Of the second minute's heap, when everything is warm: so much more at the end still counts as flat. */
    private static final double FLAT = 1.1;

    private Saturation() {
    }

    static void watch(Load load, Contender gatehouse, Duration duration, Report report) throws Exception {
        report.print("%n### Memory at saturation: %d connections%n%n", CONNECTIONS);
        report.print("| minute | requests/s | resident MiB | heap after collection MiB | direct buffers MiB | errors |%n");
        report.print("|---:|---:|---:|---:|---:|---:|%n");
        List<Double> heaps = new ArrayList<>();
        List<Double> residents = new ArrayList<>();
        try (Heap heap = new Heap(gatehouse.process())) {
            for (long minute = 1; minute <= duration.toMinutes(); minute++) {
                Measured measured = load.run(gatehouse, CONNECTIONS, Duration.ZERO, Duration.ofMinutes(1));
                heaps.add(heap.kept());
                residents.add(measured.resident());
                report.print("| %d | %,.0f | %.0f | %.1f | %.1f | %d |%n", minute, measured.perSecond(), measured.resident(),
                        heaps.get(heaps.size() - 1), heap.direct(), measured.errors());
            }
        }
        report.print("%n- heap flat after the second minute: %s; resident memory: %s%n", Report.word(isFlat(heaps)),
                Report.word(isFlat(residents)));
    }

    private static boolean isFlat(List<Double> minutes) {
        return minutes.get(minutes.size() - 1) <= FLAT * minutes.get(Math.min(1, minutes.size() - 1));
    }
}
