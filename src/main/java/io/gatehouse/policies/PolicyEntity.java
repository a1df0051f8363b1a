package io.gatehouse.policies;

import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.platform.database.StoredJson;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "server_policy")
class PolicyEntity {

    private static final TypeReference<List<String>> LIST = new TypeReference<>() {
    };

    @Id
    long serverId;
    Integer requestsPerMinute;
    Integer requestsPerHour;
    Integer requestsPerMonth;
    String ipAllowlist;
    String ipDenylist;

    Policy toPolicy() {
        return new Policy(requestsPerMinute, requestsPerHour, requestsPerMonth, StoredJson.read(ipAllowlist, LIST),
                StoredJson.read(ipDenylist, LIST));
    }

    void set(Policy policy) {
        requestsPerMinute = policy.requestsPerMinute();
        requestsPerHour = policy.requestsPerHour();
        requestsPerMonth = policy.requestsPerMonth();
        ipAllowlist = StoredJson.write(policy.ipAllowlist());
        ipDenylist = StoredJson.write(policy.ipDenylist());
    }
}
