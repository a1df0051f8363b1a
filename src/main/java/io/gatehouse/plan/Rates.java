package io.gatehouse.plan;

import java.util.ArrayList;
import java.util.List;

import io.gatehouse.plan.CallLimit.Part;
import io.gatehouse.plan.CallLimit.Period;

/**
 * How many calls there may be; null is no limit.
 *
 * @param requestsPerMonth per calendar month, UTC
 * @param maxConcurrentCalls at one time
 */
public record Rates(Integer requestsPerMinute, Integer requestsPerHour, Integer requestsPerMonth,
        Integer maxConcurrentCalls) {

    public static final Rates NONE = new Rates(null, null, null, null);

    /**
     * These as rules; the longest wait first.
     *
     * @param name how the policy calls these, with a dot at its end
     * @param key whose calls count together
     */
    List<CallLimit> limits(Part part, String name, String key) {
        List<CallLimit> limits = new ArrayList<>(4);
        String rates = part == Part.SERVER ? "rate_limit." : name;
        String quotas = part == Part.SERVER ? "quota_limit." : name;
        if (requestsPerMonth != null) {
            limits.add(new CallLimit(part, quotas + "requests_per_month", key, Period.MONTH, requestsPerMonth));
        }
        if (requestsPerHour != null) {
            limits.add(new CallLimit(part, rates + "requests_per_hour", key, Period.HOUR, requestsPerHour));
        }
        if (requestsPerMinute != null) {
            limits.add(new CallLimit(part, rates + "requests_per_minute", key, Period.MINUTE, requestsPerMinute));
        }
        if (maxConcurrentCalls != null) {
            limits.add(new CallLimit(part, name + "max_concurrent_calls", key, Period.AT_ONCE, maxConcurrentCalls));
        }
        return limits;
    }
}
