package io.gatehouse.access.clients;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.hibernate.annotations.BatchSize;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

@Entity
@Table(name = "api_client")
class ApiClientEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    String objectId;
    String name;
    String description;
    @ManyToOne(fetch = FetchType.EAGER, optional = false)
    @JoinColumn(name = "role_id")
    RoleEntity role;
    boolean allProjects;
    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "api_client_project", joinColumns = @JoinColumn(name = "client_id"))
    @Column(name = "project_id")
    @BatchSize(size = 100)
    Set<Long> projects = new HashSet<>();
    String ipAllowList;
    UUID tokenId;
    Instant revokedAt;
    Instant expiresAt;
    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    boolean isGood(Instant now) {
        return revokedAt == null && deletedAt == null && !isExpired(now);
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Whether it may do everything, everywhere. */
    boolean isAdministrator(Instant now) {
        return isGood(now) && allProjects && role.hasAll();
    }
}
