package io.gatehouse.access.accounts;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.hibernate.annotations.BatchSize;

import io.gatehouse.journal.audit.Secret;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;

@Entity
@Table(name = "service_account")
class ServiceAccountEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    String name;
    String clientId;
    String secretDigest;
    String jwks;
    int epoch = 1;
    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "user_group_service_account", joinColumns = @JoinColumn(name = "account_id"))
    @Column(name = "group_id")
    @BatchSize(size = 100)
    Set<Long> groups = new TreeSet<>();
    Instant createdAt;
    Instant updatedAt;

    ServiceAccount toAccount() {
        return new ServiceAccount(id, workspaceId, name, clientId, jwks != null, epoch, groups.stream().sorted().toList(),
                createdAt, updatedAt);
    }

    /** As the ledger has it. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", name);
        fields.put("client_id", clientId);
        fields.put("secret", Secret.of(secretDigest));
        fields.put("jwks", jwks);
        fields.put("user_group_ids", groups.stream().sorted().toList());
        return fields;
    }
}
