package io.gatehouse.access.oauth;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "oauth_refresh_token")
class RefreshTokenEntity {

    @Id
    String digest;
    long grantId;
    Instant expiresAt;
    Instant usedAt;
}
