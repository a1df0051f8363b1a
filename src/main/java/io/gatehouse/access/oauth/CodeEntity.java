package io.gatehouse.access.oauth;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "oauth_code")
class CodeEntity {

    @Id
    String digest;
    long workspaceId;
    long userId;
    int epoch;
    /** Null for the management API. */
    Long serverId;
    String clientId;
    String clientName;
    String redirectUri;
    boolean redirectUriSent;
    String challenge;
    String resource;
    String scope;
    Instant expiresAt;
    Instant usedAt;
    Long grantId;
}
