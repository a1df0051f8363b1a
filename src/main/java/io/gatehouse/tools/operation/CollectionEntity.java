package io.gatehouse.tools.operation;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.connections.ClientGrant;
import io.gatehouse.connections.Scheme;
import io.gatehouse.platform.database.StoredJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

@Entity
@Table(name = "api_collection")
@RegisterForReflection(targets = { Scheme.class, ClientGrant.class })
class CollectionEntity {

    private static final TypeReference<Map<String, Scheme>> SECURITY = new TypeReference<>() {
    };

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    long projectId;
    Long connectionId;
    String name;
    String documentVersion;
    String baseUrl;
    String security;
    Instant createdAt;
    Instant updatedAt;
    @Version
    int version;

    ApiCollection toCollection() {
        return new ApiCollection(id, projectId, name, documentVersion, baseUrl, connectionId,
                StoredJson.read(security, SECURITY), createdAt, updatedAt);
    }
}
