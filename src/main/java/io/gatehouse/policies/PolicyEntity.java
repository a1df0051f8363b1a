package io.gatehouse.policies;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.plan.Rates;
import io.gatehouse.platform.database.StoredJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "server_policy")
@RegisterForReflection(targets = Rates.class)
class PolicyEntity {

    private static final TypeReference<List<String>> LIST = new TypeReference<>() {
    };
    private static final TypeReference<Rates> RATES = new TypeReference<>() {
    };
    private static final TypeReference<Map<String, Rates>> BY_TOOL = new TypeReference<>() {
    };

    @Id
    long serverId;
    Integer requestsPerMinute;
    Integer requestsPerHour;
    Integer requestsPerMonth;
    Integer maxConcurrentCalls;
    String callerLimits;
    String toolLimits;
    String ipAllowlist;
    String ipDenylist;
    boolean tellsModel;
    boolean admitsUncounted;

    Policy toPolicy() {
        return new Policy(new Rates(requestsPerMinute, requestsPerHour, requestsPerMonth, maxConcurrentCalls),
                StoredJson.read(callerLimits, RATES), StoredJson.read(toolLimits, BY_TOOL),
                StoredJson.read(ipAllowlist, LIST), StoredJson.read(ipDenylist, LIST), tellsModel, admitsUncounted);
    }

    void set(Policy policy) {
        requestsPerMinute = policy.server().requestsPerMinute();
        requestsPerHour = policy.server().requestsPerHour();
        requestsPerMonth = policy.server().requestsPerMonth();
        maxConcurrentCalls = policy.server().maxConcurrentCalls();
        callerLimits = StoredJson.write(policy.caller());
        toolLimits = StoredJson.write(policy.tools());
        ipAllowlist = StoredJson.write(policy.ipAllowlist());
        ipDenylist = StoredJson.write(policy.ipDenylist());
        tellsModel = policy.tellsModel();
        admitsUncounted = policy.admitsUncounted();
    }
}
