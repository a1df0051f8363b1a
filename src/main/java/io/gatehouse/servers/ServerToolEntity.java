package io.gatehouse.servers;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "server_tool")
class ServerToolEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long serverId;
    long endpointId;
    String name;
    String description;
    int position;
    boolean enabled;
    String annotations;
    String overrides;
    Instant createdAt;
}
