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
 * whatever comes in, and what was last known holds while it can't be. Nobody waits for it again soon after it failed.
 */
public final class Quota {

    private static final long GOOD_FOR = 1_000_000_000L;
    /** Longer than from one failure to the next while somebody asks; whoever comes after that waits again. */
    private static final long AWAY_FOR = 5 * GOOD_FOR;

    private final Toll toll;
    private final Limit limit;
    private final LongSupplier nanoTime;
    private final Shared<Limit, Standing> asking = new Shared<>();
    private volatile Known known;
    private volatile Failed failed;

    private record Failed(Throwable failure, long at) {
    }

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
                failed = null;
            }
        }
    }

    /** Fails with UNAVAILABLE while nothing is known. */
    public Uni<Standing> standing(Counters counters) {
        Known last = known;
        if (last != null && age(last.at()) < GOOD_FOR) {
            return Uni.createFrom().item(last.standing());
        }
        boolean isKnown = last != null && age(last.at()) <= last.standing().reset().toNanos();
        Failed before = failed;
        if (before != null && age(before.at()) < AWAY_FOR) {
            if (age(before.at()) >= GOOD_FOR) {
                ask(counters).subscribe().with(standing -> {
                }, failure -> {
                });
            }
            return isKnown ? Uni.createFrom().item(last.standing()) : Uni.createFrom().failure(before.failure());
        }
        return isKnown ? ask(counters).onFailure().recoverWithItem(last.standing()) : ask(counters);
    }

    private Uni<Standing> ask(Counters counters) {
        return asking.of(limit, () -> counters.standings(List.of(limit)).invoke(this::learn)
                .onFailure().invoke(failure -> failed = new Failed(failure, nanoTime.getAsLong()))
                .map(standings -> standings.get(0)));
    }

    private long age(long since) {
        return nanoTime.getAsLong() - since;
    }
}
