package io.gatehouse.connections;

import java.time.Instant;

import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.connections.Scheme.Place;
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
class ConnectionEntity {

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
    String baseUrl;
    String sealedSecret;
    Instant createdAt;
    Instant updatedAt;
    @Version
    int version;

    Connection toConnection() {
        return new Connection(id, projectId, name, new Scheme(kind, place, parameter), baseUrl, createdAt, updatedAt);
    }
}
