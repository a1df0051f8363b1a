package io.gatehouse.access.keys;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "signing_key")
class SigningKeyEntity {

    @Id
    String id;
    String publicKey;
    String sealedPrivateKey;
    Instant createdAt;
}
