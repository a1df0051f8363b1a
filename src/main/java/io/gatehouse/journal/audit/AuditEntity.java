package io.gatehouse.journal.audit;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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
}
