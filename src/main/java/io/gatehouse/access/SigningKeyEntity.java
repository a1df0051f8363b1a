package io.gatehouse.access;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "signing_key")
class SigningKeyEntity {

    @Id
    String id;
    @Column(columnDefinition = "text")
    String publicKey;
    @Column(columnDefinition = "text")
    String sealedPrivateKey;
    Instant createdAt;
}
