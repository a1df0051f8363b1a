package io.gatehouse.access.oauth;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "oauth_grant")
class GrantEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    long userId;
    int epoch;
    /** Null for the management API. */
    Long serverId;
    String clientId;
    String clientName;
    String resource;
    String scope;
    Instant createdAt;
    Instant usedAt;
    Instant expiresAt;
    Instant revokedAt;

    Grant toGrant() {
        return new Grant(id, workspaceId, userId, serverId, clientId, resource, scope, expiresAt);
    }
}
