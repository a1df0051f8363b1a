package io.gatehouse.servers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.gatehouse.access.tokens.McpTokens;
import io.gatehouse.journal.activity.RecordedCalls;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.plan.Limits;
import io.gatehouse.plan.Rates;
import io.gatehouse.plan.RemotePlan;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.policies.Count;
import io.gatehouse.policies.Counts;
import io.gatehouse.policies.Policies;
import io.gatehouse.policies.Policy;
import io.gatehouse.policies.Rehearsal;
import io.gatehouse.upstreams.Upstreams;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to what limits the traffic of a server. */
@Singleton
public class ServerPolicies {

    private static final int MOST_REHEARSED = 1_000_000;

    private final ServerRows rows;
    private final Policies policies;
    private final Counts counts;
    private final ServerToolStore tools;
    private final Upstreams upstreams;
    private final McpTokens tokens;
    private final Changes changes;
    private final RecordedCalls recorded;
    private final Clock clock;

    @Inject
    ServerPolicies(ServerRows rows, Policies policies, Counts counts, ServerToolStore tools, Upstreams upstreams,
            McpTokens tokens, Changes changes, RecordedCalls recorded, Clock clock) {
        this.recorded = recorded;
        this.clock = clock;
        this.rows = rows;
        this.policies = policies;
        this.counts = counts;
        this.tools = tools;
        this.upstreams = upstreams;
        this.tokens = tokens;
        this.changes = changes;
    }

    /** A server's policy at one version of the server. */
    public record Versioned(Policy policy, int version) {
    }

    @WithSession
    public Uni<Versioned> get(Caller caller, ServerKey key) {
        caller.require(Permission.VIEW_SERVERS);
        return rows.find(caller, key)
                .chain(row -> policies.of(row.id).map(policy -> new Versioned(policy, row.version)));
    }

    /** @param change makes the wanted policy of the present one, which nobody else changes meanwhile */
    public Uni<Versioned> change(Caller caller, ServerKey key, UnaryOperator<Policy> change) {
        caller.require(Permission.MANAGE_SERVER_ACCESS);
        return Panache.withTransaction(() -> rows.lock(caller, key).chain(row -> policies.of(row.id)
                .chain(before -> policies.replace(row.id, change.apply(before))
                        .call(after -> rows.finish(caller, row, deeds(row, before, after)))
                        .map(after -> new Versioned(after, row.version)))))
                .call(changes::settle);
    }

    /**
     * How the limits of a server stand: its own, those of each of its tools, and those of callers.
     *
     * @param who the subject of one caller; null for all MCP tokens that open the server
     */
    public Uni<List<Count>> usage(Caller caller, ServerKey key, String who) {
        caller.require(Permission.VIEW_SERVERS);
        return Panache.withSession(() -> rows.find(caller, key).chain(row -> policies.of(row.id).chain(policy -> tools(row,
                policy).chain(
                        names -> callers(row, policy, who).map(
                                subjects -> (Supplier<Uni<List<Count>>>) () -> counts.of(row.id, policy, names, subjects))))))
                .chain(Supplier::get);
    }

    /**
     * What a policy would have made of the calls of the last days, a million of them at most, from the oldest on.
     *
     * @param change makes the policy of the present one
     */
    public Uni<Rehearsed> rehearse(Caller caller, ServerKey key, UnaryOperator<Policy> change, Duration past) {
        caller.require(Permission.VIEW_SERVERS);
        caller.require(Permission.VIEW_LOGS);
        Instant to = clock.instant();
        return Panache.withSession(() -> rows.find(caller, key).chain(row -> policies.of(row.id)
                .map(present -> policies.rehearsal(row.id, change.apply(present)))
                .map(rehearsal -> (Supplier<Uni<Rehearsed>>) () -> recorded
                        .read(row.id, to.minus(past), to, MOST_REHEARSED, rehearsal::take)
                        .map(end -> new Rehearsed(to.minus(past), end, rehearsal.outcome())))))
                .chain(Supplier::get);
    }

    /**
     * What came of it.
     *
     * @param to up to when all calls were looked at
     */
    public record Rehearsed(Instant from, Instant to, Rehearsal.Outcome outcome) {
    }

    /** Those that it has now, and those that the policy names. */
    private Uni<Set<String>> tools(ServerEntity row, Policy policy) {
        if (policy.tools().isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Uni<List<String>> present = row.upstreamId == null
                ? tools.of(row.id).map(links -> links.stream().map(link -> link.name).toList())
                : upstreams.plan(row.upstreamId).map(remote -> remote.tools().stream().map(RemotePlan.Tool::name).toList());
        return present.map(names -> {
            Set<String> all = new TreeSet<>(policy.tools().keySet());
            all.addAll(names);
            if (row.upstreamId == null) {
                all.remove(Limits.OTHERS);
            }
            return all;
        });
    }

    private Uni<List<String>> callers(ServerEntity row, Policy policy, String who) {
        return policy.caller().equals(Rates.NONE) ? Uni.createFrom().item(List.of())
                : who != null ? Uni.createFrom().item(List.of(who))
                        : tokens.of(row.id).map(all -> all.stream().map(token -> "token:" + token.id()).toList());
    }

    /** Each part of a policy is a change by itself. */
    private static List<Deed> deeds(ServerEntity row, Policy before, Policy after) {
        Map<String, Map<String, Object>> now = parts(after);
        List<Deed> deeds = new ArrayList<>();
        parts(before).forEach((verb, fields) -> {
            if (!fields.equals(now.get(verb))) {
                deeds.add(ServerRows.deed(row, verb, fields, now.get(verb)));
            }
        });
        return deeds;
    }

    private static Map<String, Map<String, Object>> parts(Policy policy) {
        Map<String, Map<String, Object>> parts = new LinkedHashMap<>();
        Map<String, Object> server = fields(policy.server());
        parts.put("rate_limits_changed", with(server, Set.of("requests_per_minute", "requests_per_hour")));
        parts.put("quota_limits_changed", with(server, Set.of("requests_per_month")));
        parts.put("concurrency_limits_changed", with(server, Set.of("max_concurrent_calls")));
        parts.put("caller_limits_changed", fields(policy.caller()));
        Map<String, Object> tools = new TreeMap<>();
        policy.tools().forEach((name, rates) -> tools.put(name, fields(rates)));
        parts.put("tool_limits_changed", tools);
        parts.put("ip_rules_changed", Map.of("ip_allowlist", policy.ipAllowlist(), "ip_denylist", policy.ipDenylist()));
        parts.put("limit_modes_changed",
                Map.of("tells_model", policy.tellsModel(), "admits_uncounted", policy.admitsUncounted()));
        return parts;
    }

    private static Map<String, Object> with(Map<String, Object> fields, Set<String> names) {
        Map<String, Object> some = new TreeMap<>(fields);
        some.keySet().retainAll(names);
        return some;
    }

    private static Map<String, Object> fields(Rates rates) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("requests_per_minute", rates.requestsPerMinute());
        fields.put("requests_per_hour", rates.requestsPerHour());
        fields.put("requests_per_month", rates.requestsPerMonth());
        fields.put("max_concurrent_calls", rates.maxConcurrentCalls());
        fields.values().removeIf(Objects::isNull);
        return fields;
    }
}
