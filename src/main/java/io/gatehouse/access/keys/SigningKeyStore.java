package io.gatehouse.access.keys;

import java.time.Instant;
import java.util.List;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for signing keys. */
@Singleton
class SigningKeyStore implements PanacheRepositoryBase<SigningKeyEntity, String> {

    private static final String NEWEST_FIRST = "order by createdAt desc, id";

    Uni<SigningKeyEntity> newest() {
        return find(NEWEST_FIRST).firstResult();
    }

    Uni<List<SigningKeyEntity>> newestFirst() {
        return list(NEWEST_FIRST);
    }

    Uni<Long> removeOlder(Instant than) {
        return delete("createdAt < ?1", than);
    }
}
