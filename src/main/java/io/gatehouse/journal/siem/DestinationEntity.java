package io.gatehouse.journal.siem;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "siem_destination")
class DestinationEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    String name;
    @Enumerated(EnumType.STRING)
    DestinationKind kind;
    boolean enabled;
    String target;
    String sealedCredentials;
    boolean activity;
    boolean audit;
    String level;
    Instant createdAt;
    Instant updatedAt;
}
