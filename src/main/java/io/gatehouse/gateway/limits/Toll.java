package io.gatehouse.gateway.limits;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gatehouse.plan.CallLimit;
import io.gatehouse.plan.CallLimit.Period;
import io.gatehouse.platform.limits.Limit;
import io.gatehouse.platform.limits.PlaceLimit;
import io.gatehouse.platform.limits.Standing;
import io.gatehouse.platform.limits.Window;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What one call counts against.
 *
 * @param rules those of windows
 * @param limits the same, as they are counted
 * @param atOnce those of calls that are under way
 * @param places the same, as they are taken
 * @param policy what answers say of the rules (draft-ietf-httpapi-ratelimit-headers, {@code RateLimit-Policy})
 */
public record Toll(List<CallLimit> rules, List<Limit> limits, List<CallLimit> atOnce, List<PlaceLimit> places,
        CharSequence policy) {

    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence STANDING = HttpHeaders.createOptimized("RateLimit");
    private static final int LONG_ITEM = 64;

    static Toll of(List<CallLimit> all) {
        List<CallLimit> rules = all.stream().filter(rule -> rule.period() != Period.AT_ONCE).toList();
        List<CallLimit> atOnce = all.stream().filter(rule -> rule.period() == Period.AT_ONCE).toList();
        return new Toll(rules, rules.stream().map(Toll::limit).toList(), atOnce,
                atOnce.stream().map(rule -> new PlaceLimit(rule.key(), rule.capacity())).toList(),
                quick(rules.stream().map(Toll::policy).collect(Collectors.joining(", "))));
    }

    /** Of all that is counted for one and the other. */
    Toll and(Toll other) {
        return new Toll(both(rules, other.rules), both(limits, other.limits), both(atOnce, other.atOnce),
                both(places, other.places),
                policy.isEmpty() ? other.policy : other.policy.isEmpty() ? policy : quick(policy + ", " + other.policy));
    }

    /** In the form that is written into a head without a look at each character. */
    private static CharSequence quick(String policy) {
        return HttpHeaders.createOptimized(policy);
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        return some.isEmpty() ? others : others.isEmpty() ? some : Stream.concat(some.stream(), others.stream()).toList();
    }

    private static Limit limit(CallLimit rule) {
        return new Limit(rule.key(), Window.valueOf(rule.period().name()), rule.capacity());
    }

    /** Months differ in length, so that theirs is not told. */
    private static String policy(CallLimit rule) {
        String item = '"' + rule.rule() + "\";q=" + rule.capacity();
        return switch (rule.period()) {
            case MINUTE -> item + ";w=60";
            case HOUR -> item + ";w=3600";
            default -> item;
        };
    }

    CallLimit rule(Limit limit) {
        return rules.get(limits.indexOf(limit));
    }

    CallLimit rule(PlaceLimit limit) {
        return atOnce.get(places.indexOf(limit));
    }

    /** Says in the headers of an answer what the rules are, and how they stand ({@code RateLimit}). */
    public void tell(List<Standing> standings, MultiMap headers) {
        headers.set(POLICY, policy).set(STANDING, standings(standings));
    }

    private String standings(List<Standing> standings) {
        StringBuilder text = new StringBuilder(LONG_ITEM * standings.size());
        for (Standing standing : standings) {
            text.append(text.length() == 0 ? "\"" : ", \"").append(rule(standing.limit()).rule()).append("\";r=")
                    .append(Math.max(0, standing.left())).append(";t=").append(seconds(standing));
        }
        return text.toString();
    }

    /** Until the window ends, in whole seconds, 1 at least. */
    static long seconds(Standing standing) {
        return Math.max(1, standing.reset().plusMillis(999).toSeconds());
    }
}
