package io.gatehouse.access.sso;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "identity_provider")
class IdentityProviderEntity {

    /** What makes a workspace have one only. */
    static final String UNIQUE = "identity_provider_workspace";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    String name;
    String issuer;
    String clientId;
    String sealedSecret;
    String scopes;
    String groupsClaim;
    boolean createUsers;
    boolean trustEmail;
    Instant createdAt;
    Instant updatedAt;
}
