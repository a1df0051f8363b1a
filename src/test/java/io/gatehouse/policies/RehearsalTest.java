package io.gatehouse.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.gatehouse.journal.activity.RecordedCall;
import io.gatehouse.plan.Limits;
import io.gatehouse.plan.Rates;
import io.gatehouse.policies.Rehearsal.Outcome;
import io.gatehouse.policies.Rehearsal.Part;

/** A policy is tried as the gateway would have kept to it. */
class RehearsalTest {

    private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");

    private static Rates rates(Integer minute, Integer hour, Integer month, Integer atOnce) {
        return new Rates(minute, hour, month, atOnce);
    }

    private static Limits limits(Rates server, Rates caller, Map<String, Rates> tools, List<String> denied) {
        return new Limits(server, caller, tools, List.of(), denied, false, false);
    }

    /** @param second since noon */
    private static RecordedCall call(int second, String tool, String caller) {
        Instant start = NOON.plusSeconds(second);
        return new RecordedCall(start, start.plusMillis(10), tool, caller, null, "10.0.0.1");
    }

    private static Outcome outcome(Limits limits, List<RecordedCall> calls) {
        Rehearsal rehearsal = new Rehearsal(1, limits);
        rehearsal.take(calls);
        return rehearsal.outcome();
    }

    @Test
    void countsEachWindowAnew() {
        List<RecordedCall> calls = IntStream.range(0, 180).mapToObj(n -> call(n, "a", "token:1")).toList();

        assertEquals(Map.of("rate_limit.requests_per_minute", 150),
                outcome(limits(rates(10, null, null, null), Rates.NONE, Map.of(), List.of()), calls).rules());
        assertEquals(Map.of("rate_limit.requests_per_hour", 80),
                outcome(limits(rates(null, 100, null, null), Rates.NONE, Map.of(), List.of()), calls).rules());
        assertEquals(0, outcome(limits(rates(60, 180, 180, 1), Rates.NONE, Map.of(), List.of()), calls).refused());
    }

    @Test
    void beginsAMonthWithTheCalendar() {
        List<RecordedCall> calls = List.of(call(0, "a", "token:1"), call(1, "a", "token:1"), call(12 * 3_600, "a", "token:1"));

        assertEquals(1, outcome(limits(rates(null, null, 1, null), Rates.NONE, Map.of(), List.of()), calls).refused());
    }

    @Test
    void tellsWhoseCallsAndByWhichRule() {
        List<RecordedCall> calls = List.of(call(0, "a", "token:1"), call(1, "b", "token:1"), call(2, "a", "user:2"),
                call(3, "a", "user:2"), call(4, "a", "user:2"));
        Limits limits = limits(Rates.NONE, rates(2, null, null, null), Map.of("a", rates(4, null, null, null)), List.of());

        Outcome outcome = outcome(limits, calls);

        assertEquals(Map.of("caller_limits.requests_per_minute", 1), outcome.rules());
        assertEquals(List.of(new Part("user:2", null, 3, 1), new Part("token:1", null, 2, 0)), outcome.callers());
    }

    /** A call that one limit refuses is counted by none. */
    @Test
    void wastesNothingOnRefusedCalls() {
        List<RecordedCall> calls = List.of(call(0, "a", "user:1"), call(1, "a", "user:1"), call(2, "a", "user:2"));

        assertEquals(Map.of("caller_limits.requests_per_minute", 1), outcome(limits(rates(2, null, null, null),
                rates(1, null, null, null), Map.of(), List.of()), calls).rules());
    }

    @Test
    void holdsCallsThatOverlap() {
        List<RecordedCall> calls = IntStream.of(0, 1, 2, 10).mapToObj(second -> new RecordedCall(NOON.plusSeconds(second),
                NOON.plusSeconds(second + 5), "a", "token:1", null, null)).toList();

        assertEquals(Map.of("max_concurrent_calls", 1),
                outcome(limits(rates(null, null, null, 2), Rates.NONE, Map.of(), List.of()), calls).rules());
    }

    @Test
    void looksAtAddressesFirst() {
        assertEquals(Map.of("ip_denylist", 2), outcome(limits(rates(1, null, null, null), Rates.NONE, Map.of(),
                List.of("10.0.0.0/8")), List.of(call(0, "a", "token:1"), call(1, "a", null))).rules());
    }
}
