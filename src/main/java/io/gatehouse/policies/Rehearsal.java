package io.gatehouse.policies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

import io.gatehouse.journal.activity.RecordedCall;
import io.gatehouse.plan.CallLimit;
import io.gatehouse.plan.CallLimit.Period;
import io.gatehouse.plan.Limits;
import io.gatehouse.platform.AddressRules;
import io.gatehouse.platform.limits.Window;

/**
 * What a policy would have made of calls that took place. Each call counts against all of its limits, or against none where
 * one refuses it, as in the gateway; windows that begin before the first call are empty then.
 */
public final class Rehearsal {

    private static final String STRANGER = "unknown";

    private final long serverId;
    private final Limits limits;
    private final AddressRules addresses;
    private final List<CallLimit> ofServer;
    private final Map<String, List<CallLimit>> ofTools = new HashMap<>();
    private final Map<String, List<CallLimit>> ofCallers = new HashMap<>();
    private final Map<String, Used> used = new HashMap<>();
    private final Map<String, PriorityQueue<Instant>> underWay = new HashMap<>();
    private final Map<String, Integer> rules = new TreeMap<>();
    private final Map<String, Part> callers = new HashMap<>();
    private int calls;

    Rehearsal(long serverId, Limits limits) {
        this.serverId = serverId;
        this.limits = limits;
        this.addresses = AddressRules.of(limits.allowed(), limits.denied());
        this.ofServer = limits.ofServer(serverId);
    }

    /** Calls in a window. */
    private static final class Used {
        private Instant start;
        private int count;
    }

    /**
     * Of one caller's calls.
     *
     * @param name for people, or null
     */
    public record Part(String caller, String name, int calls, int refused) {

        private Part with(boolean isRefused) {
            return new Part(caller, name, calls + 1, refused + (isRefused ? 1 : 0));
        }
    }

    /**
     * What came of it.
     *
     * @param rules how many calls each rule would have refused; the first one that did so counts
     * @param callers the most refused first
     */
    public record Outcome(int calls, int refused, Map<String, Integer> rules, List<Part> callers) {
    }

    /** Calls that took place after those before. */
    public void take(List<RecordedCall> recorded) {
        recorded.stream().sorted(Comparator.comparing(RecordedCall::start)).forEach(this::take);
    }

    private void take(RecordedCall call) {
        calls++;
        String rule = refusing(call);
        if (rule != null) {
            rules.merge(rule, 1, Integer::sum);
        }
        String who = call.caller() == null ? STRANGER : call.caller();
        callers.put(who, callers.getOrDefault(who, new Part(who, call.name(), 0, 0)).with(rule != null));
    }

    private String refusing(RecordedCall call) {
        String byAddress = addresses == null ? null : addresses.refusing(call.address());
        if (byAddress != null) {
            return byAddress;
        }
        List<CallLimit> all = limits(call);
        for (CallLimit limit : all) {
            if (isSpent(limit, call)) {
                return limit.rule();
            }
        }
        all.forEach(limit -> spend(limit, call));
        return null;
    }

    private List<CallLimit> limits(RecordedCall call) {
        List<CallLimit> all = new ArrayList<>(ofServer);
        if (call.tool() != null) {
            all.addAll(ofTools.computeIfAbsent(call.tool(), tool -> limits.ofTool(serverId, tool)));
        }
        if (call.caller() != null) {
            all.addAll(ofCallers.computeIfAbsent(call.caller(), caller -> limits.ofCaller(serverId, caller)));
        }
        return all;
    }

    private boolean isSpent(CallLimit limit, RecordedCall call) {
        if (limit.period() == Period.AT_ONCE) {
            PriorityQueue<Instant> ends = underWay.computeIfAbsent(limit.key(), key -> new PriorityQueue<>());
            while (!ends.isEmpty() && !ends.peek().isAfter(call.start())) {
                ends.poll();
            }
            return ends.size() >= limit.capacity();
        }
        return window(limit, call).count >= limit.capacity();
    }

    private Used window(CallLimit limit, RecordedCall call) {
        Instant start = Window.valueOf(limit.period().name()).start(call.start());
        Used window = used.computeIfAbsent(limit.key() + limit.period(), key -> new Used());
        if (window.start == null || start.isAfter(window.start)) {
            window.start = start;
            window.count = 0;
        }
        return window;
    }

    private void spend(CallLimit limit, RecordedCall call) {
        if (limit.period() == Period.AT_ONCE) {
            underWay.get(limit.key()).add(call.end());
        } else {
            window(limit, call).count++;
        }
    }

    public Outcome outcome() {
        return new Outcome(calls, rules.values().stream().mapToInt(Integer::intValue).sum(), rules,
                callers.values().stream().sorted(Comparator.comparingInt(Part::refused).thenComparingInt(Part::calls).reversed()
                        .thenComparing(Part::caller)).toList());
    }
}
