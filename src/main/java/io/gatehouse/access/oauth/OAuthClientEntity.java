package io.gatehouse.access.oauth;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;

import io.gatehouse.platform.database.StoredJson;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "oauth_client")
class OAuthClientEntity {

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {
    };

    @Id
    String id;
    String name;
    String redirectUris;
    String authentication;
    String secretDigest;
    Instant createdAt;
    Instant usedAt;

    OAuthClient toClient() {
        return new OAuthClient(id, name, StoredJson.read(redirectUris, TEXTS),
                new ClientAuthenticationMethod(authentication), secretDigest);
    }
}
