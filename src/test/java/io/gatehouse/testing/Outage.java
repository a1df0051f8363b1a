package io.gatehouse.testing;

import java.util.List;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.limits.Counters;
import io.gatehouse.platform.limits.Limit;
import io.gatehouse.platform.limits.Standing;
import io.gatehouse.platform.limits.Verdict;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.inject.Inject;

/** Lets tests put the counting out of reach. */
@Decorator
@Priority(1)
public class Outage implements Counters {

    private static volatile boolean on;

    private final Counters counters;

    @Inject
    Outage(@Delegate Counters counters) {
        this.counters = counters;
    }

    /** Does the work while nothing can be counted. */
    public static void during(Runnable work) {
        on = true;
        try {
            work.run();
        } finally {
            on = false;
        }
    }

    @Override
    public Uni<Verdict> admit(List<Limit> limits) {
        return on ? away() : counters.admit(limits);
    }

    @Override
    public Verdict admitFromMemory(List<Limit> limits) {
        return on ? null : counters.admitFromMemory(limits);
    }

    @Override
    public Uni<List<Standing>> standings(List<Limit> limits) {
        return on ? away() : counters.standings(limits);
    }

    private static <T> Uni<T> away() {
        return Uni.createFrom().failure(Problem.unavailable("The engine is away", null));
    }
}
