package io.gatehouse.servers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.policies.Policies;
import io.gatehouse.policies.Policy;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to what limits the traffic of a server. */
@Singleton
public class ServerPolicies {

    private final ServerRows rows;
    private final Policies policies;
    private final Changes changes;

    @Inject
    ServerPolicies(ServerRows rows, Policies policies, Changes changes) {
        this.rows = rows;
        this.policies = policies;
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
                        .call(after -> rows.finish(caller, row, List.of(ServerRows.deed(row, "policy_changed",
                                fields(before), fields(after)))))
                        .map(after -> new Versioned(after, row.version)))))
                .call(changes::settle);
    }

    private static Map<String, Object> fields(Policy policy) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("requests_per_minute", policy.requestsPerMinute());
        fields.put("requests_per_hour", policy.requestsPerHour());
        fields.put("requests_per_month", policy.requestsPerMonth());
        fields.put("ip_allowlist", policy.ipAllowlist());
        fields.put("ip_denylist", policy.ipDenylist());
        fields.values().removeIf(Objects::isNull);
        return fields;
    }
}
