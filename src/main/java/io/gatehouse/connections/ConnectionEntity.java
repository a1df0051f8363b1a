package io.gatehouse.connections;

import java.time.Instant;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.platform.database.StoredJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

@Entity
@Table(name = "connection")
@RegisterForReflection(targets = ClientGrant.class)
class ConnectionEntity {

    private static final TypeReference<ClientGrant> GRANT = new TypeReference<>() {
    };

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    long projectId;
    String name;
    @Enumerated(EnumType.STRING)
    Kind kind;
    @Enumerated(EnumType.STRING)
    Place place;
    String parameter;
    String clientGrant;
    String baseUrl;
    String sealedSecret;
    Instant createdAt;
    Instant updatedAt;
    @Version
    int version;

    Connection toConnection() {
        return new Connection(id, projectId, name, scheme(), baseUrl, createdAt, updatedAt);
    }

    Scheme scheme() {
        return new Scheme(kind, place, parameter, grant());
    }

    ClientGrant grant() {
        return clientGrant == null ? null : StoredJson.read(clientGrant, GRANT);
    }
}
