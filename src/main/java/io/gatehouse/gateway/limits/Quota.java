package io.gatehouse.gateway.limits;

import java.util.List;
import java.util.function.LongSupplier;

import io.gatehouse.plan.CallLimit;
import io.gatehouse.platform.Shared;
import io.gatehouse.platform.limits.Counters;
import io.gatehouse.platform.limits.Limit;
import io.gatehouse.platform.limits.Standing;
import io.smallrye.mutiny.Uni;

/**
 * What is left of a server's month, for requests that count nothing but end with it. It is asked for once a second at most,
 * whatever comes in, and what was last known holds while it can't be.
 */
public final class Quota {

    private static final long GOOD_FOR = 1_000_000_000L;

    private final Toll toll;
    private final Limit limit;
    private final LongSupplier nanoTime;
    private final Shared<Limit, Standing> asking = new Shared<>();
    private volatile Known known;

    private record Known(Standing standing, long at) {
    }

    Quota(CallLimit rule) {
        this(rule, System::nanoTime);
    }

    Quota(CallLimit rule, LongSupplier nanoTime) {
        this.toll = Toll.of(List.of(rule));
        this.limit = toll.limits().get(0);
        this.nanoTime = nanoTime;
    }

    /** When it is used up. */
    public Refusal refusal(Standing standing) {
        return Refusal.of(toll, standing, List.of(standing));
    }

    /** Takes in what counting a call told. */
    public void learn(List<Standing> standings) {
        for (Standing standing : standings) {
            if (standing.limit().equals(limit)) {
                known = new Known(standing, nanoTime.getAsLong());
            }
        }
    }

    /** Fails with UNAVAILABLE while nothing is known. */
    public Uni<Standing> standing(Counters counters) {
        Known last = known;
        if (last != null && age(last) < GOOD_FOR) {
            return Uni.createFrom().item(last.standing());
        }
        Uni<Standing> asked = asking.of(limit, () -> counters.standings(List.of(limit)).invoke(this::learn)
                .map(standings -> standings.get(0)));
        return last == null || age(last) > last.standing().reset().toNanos() ? asked
                : asked.onFailure().recoverWithItem(last.standing());
    }

    private long age(Known last) {
        return nanoTime.getAsLong() - last.at();
    }
}
