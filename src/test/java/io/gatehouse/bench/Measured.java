package io.gatehouse.bench;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What a contender achieved.
 *
 * @param perSecond right answers
 * @param p50 milliseconds, like the other percentiles
 * @param cpuPerThousand seconds of the measured process for 1,000 calls
 * @param resident MiB
 * @param error the first, or null
 */
record Measured(double perSecond, double p50, double p99, double p999, double cpuPerThousand, double resident, long errors,
        String error) {

    /** Each figure's median; errors are added up. */
    static Measured median(List<Measured> rounds) {
        return new Measured(median(rounds, Measured::perSecond), median(rounds, Measured::p50),
                median(rounds, Measured::p99), median(rounds, Measured::p999), median(rounds, Measured::cpuPerThousand),
                median(rounds, Measured::resident), rounds.stream().mapToLong(Measured::errors).sum(),
                rounds.stream().map(Measured::error).filter(Objects::nonNull).findFirst().orElse(null));
    }

    private static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return median(rounds.stream().map(figure::applyAsDouble).toList());
    }

    static double median(Collection<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
