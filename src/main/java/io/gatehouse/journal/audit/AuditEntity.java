package io.gatehouse.journal.audit;

import java.time.Instant;
import java.util.Map;

import org.hibernate.annotations.Immutable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.platform.database.StoredJson;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Never updated: the database refuses it too. */
@Immutable
@Entity
@Table(name = "audit_entry")
class AuditEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    Instant createdAt;
    String actor;
    String source;
    String requestId;
    String address;
    String userAgent;
    String action;
    String resourceType;
    String resourceId;
    String resourceName;
    String changes;

    AuditEntry toEntry() {
        Map<String, JsonNode> fields = StoredJson.read(changes, new TypeReference<>() {
        });
        return new AuditEntry(id, createdAt, actor, source, requestId, address, userAgent, action, resourceType, resourceId,
                resourceName, fields);
    }
}
