package io.gatehouse.access;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "api_client")
class ApiClientEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    String name;
    String objectId;
    long roleId;
    boolean allProjects;
    String ipAllowList;
    UUID tokenId;
    Instant revokedAt;
    Instant expiresAt;
    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;
}
