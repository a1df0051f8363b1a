package io.gatehouse.policies;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.gatehouse.plan.CallLimit;
import io.gatehouse.plan.CallLimit.Period;
import io.gatehouse.plan.Limits;
import io.gatehouse.platform.limits.Counters;
import io.gatehouse.platform.limits.Limit;
import io.gatehouse.platform.limits.PlaceLimit;
import io.gatehouse.platform.limits.Places;
import io.gatehouse.platform.limits.Window;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells how the limits of servers stand. */
@Singleton
public class Counts {

    private final Counters counters;
    private final Places places;

    @Inject
    Counts(Counters counters, Places places) {
        this.counters = counters;
        this.places = places;
    }

    /** A limit, and the tool or the caller that it is for, or null. */
    private record Asked(CallLimit rule, String of) {
    }

    /**
     * All limits: the server's, then those of these tools, then of these callers. Fails with UNAVAILABLE while nothing can
     * be counted.
     */
    public Uni<List<Count>> of(long serverId, Policy policy, Collection<String> tools, Collection<String> callers) {
        Limits limits = policy.toPlan();
        List<Asked> asked = new ArrayList<>();
        add(asked, limits.ofServer(serverId), null);
        tools.forEach(tool -> add(asked, limits.ofTool(serverId, tool), tool));
        callers.forEach(caller -> add(asked, limits.ofCaller(serverId, caller), caller));
        List<Asked> ofWindows = asked.stream().filter(one -> one.rule().period() != Period.AT_ONCE).toList();
        List<Asked> atOnce = asked.stream().filter(one -> one.rule().period() == Period.AT_ONCE).toList();
        return Uni.combine().all().unis(ifAny(ofWindows, this::counted), ifAny(atOnce, this::underWay))
                .with((some, others) -> {
                    Map<Asked, Count> counts = new HashMap<>(some);
                    counts.putAll(others);
                    return asked.stream().map(counts::get).toList();
                });
    }

    private static void add(List<Asked> asked, List<CallLimit> rules, String of) {
        rules.forEach(rule -> asked.add(new Asked(rule, of)));
    }

    private static Uni<Map<Asked, Count>> ifAny(List<Asked> asked, Function<List<Asked>, Uni<Map<Asked, Count>>> answer) {
        return asked.isEmpty() ? Uni.createFrom().item(Map.of()) : answer.apply(asked);
    }

    private Uni<Map<Asked, Count>> counted(List<Asked> asked) {
        return counters.standings(asked.stream().map(one -> limit(one.rule())).toList()).map(standings -> {
            Map<Asked, Count> counts = new HashMap<>();
            for (int i = 0; i < standings.size(); i++) {
                Asked one = asked.get(i);
                counts.put(one,
                        new Count(one.rule(), one.of(), Math.max(0, standings.get(i).left()), standings.get(i).reset()));
            }
            return counts;
        });
    }

    private Uni<Map<Asked, Count>> underWay(List<Asked> asked) {
        return places.taken(asked.stream().map(one -> new PlaceLimit(one.rule().key(), one.rule().capacity())).toList())
                .map(taken -> {
                    Map<Asked, Count> counts = new HashMap<>();
                    for (int i = 0; i < taken.size(); i++) {
                        Asked one = asked.get(i);
                        counts.put(one,
                                new Count(one.rule(), one.of(), Math.max(0, one.rule().capacity() - taken.get(i)), null));
                    }
                    return counts;
                });
    }

    private static Limit limit(CallLimit rule) {
        return new Limit(rule.key(), Window.valueOf(rule.period().name()), rule.capacity());
    }
}
