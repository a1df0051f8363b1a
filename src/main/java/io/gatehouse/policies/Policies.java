package io.gatehouse.policies;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.gatehouse.kernel.Faults;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The policies of servers. Works in the caller's transaction; the caller has checked that it may. */
@Singleton
public class Policies implements PanacheRepository<PolicyEntity> {

    private static final int MOST_RANGES = 1_000;

    /** What was never configured is no limit at all. */
    public Uni<Policy> of(long serverId) {
        return findById(serverId).map(row -> row == null ? Policy.NONE : row.toPolicy());
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
        checkLimit("rate_limit.requests_per_minute", policy.requestsPerMinute(), faults);
        checkLimit("rate_limit.requests_per_hour", policy.requestsPerHour(), faults);
        checkLimit("quota_limit.requests_per_month", policy.requestsPerMonth(), faults);
        List<String> allowed = ranges("ip_allowlist", policy.ipAllowlist(), faults);
        List<String> denied = ranges("ip_denylist", policy.ipDenylist(), faults);
        faults.raise();
        return new Policy(policy.requestsPerMinute(), policy.requestsPerHour(), policy.requestsPerMonth(), allowed,
                denied);
    }

    private static void checkLimit(String field, Integer limit, Faults faults) {
        if (limit != null && limit < 1) {
            faults.add(field, "invalid_field_value", field + ": 1 at least");
        }
    }

    private static List<String> ranges(String field, List<String> texts, Faults faults) {
        if (texts.size() > MOST_RANGES) {
            faults.add(field, "max", field + ": " + MOST_RANGES + " at most");
            return List.of();
        }
        Set<String> ranges = new LinkedHashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            String element = field + "." + i;
            String text = texts.get(i);
            String range = faults.gather(() -> AddressRange.normalized(element, text));
            if (range != null) {
                ranges.add(range);
            }
        }
        return List.copyOf(ranges);
    }
}
