package io.gatehouse.policies;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gatehouse.kernel.Faults;
import io.gatehouse.plan.Limits;
import io.gatehouse.plan.Rates;
import io.gatehouse.platform.AddressRanges;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The policies of servers. Works in the caller's transaction; the caller has checked that it may. */
@Singleton
public class Policies implements PanacheRepository<PolicyEntity> {

    private static final int MOST_RANGES = 1_000;
    private static final int MOST_TOOLS = 1_000;
    private static final int LONGEST_SHOWN = 150;

    /** What was never configured is no limit at all. */
    public Uni<Policy> of(long serverId) {
        return findById(serverId).map(row -> row == null ? Policy.NONE : row.toPolicy());
    }

    /** @throws io.gatehouse.kernel.Problem INVALID for a policy that could not be kept */
    public Rehearsal rehearsal(long serverId, Policy policy) {
        return new Rehearsal(serverId, checked(policy).toPlan());
    }

    /** @return what is kept: ranges in their normal form, each once */
    public Uni<Policy> replace(long serverId, Policy policy) {
        Policy checked = checked(policy);
        return findById(serverId).chain(row -> {
            PolicyEntity kept = row == null ? new PolicyEntity() : row;
            kept.serverId = serverId;
            kept.set(checked);
            return row == null ? persist(kept) : Uni.createFrom().item(kept);
        }).chain(this::flush).replaceWith(checked);
    }

    private static Policy checked(Policy policy) {
        Faults faults = new Faults();
        checkLimit("rate_limit.requests_per_minute", policy.server().requestsPerMinute(), faults);
        checkLimit("rate_limit.requests_per_hour", policy.server().requestsPerHour(), faults);
        checkLimit("quota_limit.requests_per_month", policy.server().requestsPerMonth(), faults);
        checkLimit("max_concurrent_calls", policy.server().maxConcurrentCalls(), faults);
        checkRates("caller_limits", policy.caller(), faults);
        checkTools(policy.tools(), faults);
        List<String> allowed = ranges("ip_allowlist", policy.ipAllowlist(), faults);
        List<String> denied = ranges("ip_denylist", policy.ipDenylist(), faults);
        faults.raise();
        return new Policy(policy.server(), policy.caller(), new TreeMap<>(policy.tools()), allowed, denied,
                policy.tellsModel(), policy.admitsUncounted());
    }

    /** Tools come and go, so that a name need not be one of the server's now. */
    private static void checkTools(Map<String, Rates> tools, Faults faults) {
        if (tools.size() > MOST_TOOLS) {
            faults.add("tool_limits", "max", "tool_limits: " + MOST_TOOLS + " tools at most");
            return;
        }
        tools.forEach((name, rates) -> {
            String field = "tool_limits." + name;
            if (name.equals(Limits.OTHERS) || Limits.isToolName(name)) {
                checkRates(field, rates, faults);
            } else {
                String shown = field.substring(0, Math.min(field.length(), LONGEST_SHOWN));
                faults.add(shown, "regexp", shown + ": the name of a tool is needed (letters, digits, _, - and ., "
                        + "128 characters at most), or " + Limits.OTHERS);
            }
        });
    }

    private static void checkRates(String field, Rates rates, Faults faults) {
        checkLimit(field + ".requests_per_minute", rates.requestsPerMinute(), faults);
        checkLimit(field + ".requests_per_hour", rates.requestsPerHour(), faults);
        checkLimit(field + ".requests_per_month", rates.requestsPerMonth(), faults);
        checkLimit(field + ".max_concurrent_calls", rates.maxConcurrentCalls(), faults);
    }

    private static void checkLimit(String field, Integer limit, Faults faults) {
        if (limit != null && limit < 1) {
            faults.add(field, "invalid_field_value", field + ": 1 at least");
        }
    }

    private static List<String> ranges(String field, List<String> texts, Faults faults) {
        return faults.gather(() -> AddressRanges.parse(field, texts, MOST_RANGES).texts());
    }
}
