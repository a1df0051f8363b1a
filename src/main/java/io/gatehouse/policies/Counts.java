package io.gatehouse.policies;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

import io.gatehouse.plan.CallLimit;
import io.gatehouse.plan.CallLimit.Period;
import io.gatehouse.plan.Limits;
import io.gatehouse.platform.limits.Counters;
import io.gatehouse.platform.limits.Limit;
import io.gatehouse.platform.limits.Standing;
import io.gatehouse.platform.limits.Window;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells how the limits of servers stand. */
@Singleton
public class Counts {

    private final Counters counters;

    @Inject
    Counts(Counters counters) {
        this.counters = counters;
    }

    /**
     * All limits of windows: the server's, then those of these tools, then of these callers. Fails with UNAVAILABLE while
     * nothing can be counted.
     */
    public Uni<List<Count>> of(long serverId, Policy policy, Collection<String> tools, Collection<String> callers) {
        Limits limits = policy.toPlan();
        List<CallLimit> rules = new ArrayList<>();
        List<String> whose = new ArrayList<>();
        add(rules, whose, limits.ofServer(serverId), null);
        tools.forEach(tool -> add(rules, whose, limits.ofTool(serverId, tool), tool));
        callers.forEach(caller -> add(rules, whose, limits.ofCaller(serverId, caller), caller));
        if (rules.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return counters.standings(rules.stream().map(Counts::limit).toList()).map(standings -> IntStream
                .range(0, rules.size()).mapToObj(i -> count(rules.get(i), whose.get(i), standings.get(i))).toList());
    }

    private static void add(List<CallLimit> rules, List<String> whose, List<CallLimit> more, String of) {
        more.stream().filter(rule -> rule.period() != Period.AT_ONCE).forEach(rule -> {
            rules.add(rule);
            whose.add(of);
        });
    }

    private static Limit limit(CallLimit rule) {
        return new Limit(rule.key(), Window.valueOf(rule.period().name()), rule.capacity());
    }

    private static Count count(CallLimit rule, String of, Standing standing) {
        return new Count(rule, of, Math.max(0, standing.left()), standing.reset());
    }
}
