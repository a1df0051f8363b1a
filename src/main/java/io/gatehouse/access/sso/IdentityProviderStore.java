package io.gatehouse.access.sso;

import java.util.List;

import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** Every query for providers. */
@Singleton
class IdentityProviderStore implements PanacheRepository<IdentityProviderEntity> {

    Uni<List<IdentityProviderEntity>> of(long workspaceId) {
        return list("workspaceId = ?1 order by id", workspaceId);
    }

    Uni<IdentityProviderEntity> one(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).firstResult();
    }

    /** Held until the transaction ends. */
    Uni<IdentityProviderEntity> lock(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }
}
