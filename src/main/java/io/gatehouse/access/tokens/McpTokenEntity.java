package io.gatehouse.access.tokens;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

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
import jakarta.persistence.Table;

@Entity
@Table(name = "mcp_token")
class McpTokenEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    String objectId;
    long workspaceId;
    String name;
    String digest;
    boolean main;
    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "mcp_token_server", joinColumns = @JoinColumn(name = "token_id"))
    @Column(name = "server_id")
    @BatchSize(size = 100)
    Set<Long> servers = new HashSet<>();
    Instant revokedAt;
    Instant expiresAt;
    Instant lastUsedAt;
    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;

    IssuedToken toToken() {
        return new IssuedToken(id, objectId, name, main, Set.copyOf(servers), revokedAt, expiresAt, lastUsedAt, createdAt,
                updatedAt);
    }
}
