package io.gatehouse.access.clients;

import java.util.List;

import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for roles; the built-in ones are in each workspace. */
@Singleton
class RoleStore implements PanacheRepository<RoleEntity> {

    Uni<List<RoleEntity>> all(long workspaceId) {
        return list("workspaceId is null or workspaceId = ?1 order by id", workspaceId);
    }

    Uni<RoleEntity> one(long workspaceId, long id) {
        return find("(workspaceId is null or workspaceId = ?1) and id = ?2", workspaceId, id).firstResult();
    }

    Uni<Boolean> isInUse(long id) {
        return count("from ApiClientEntity where role.id = ?1 and deletedAt is null", id).map(count -> count > 0);
    }

    /** Leaves the least to clients that are deleted already, in case they come back. */
    Uni<Void> demoteDeleted(long id) {
        return getSession().chain(session -> session
                .createNativeQuery("update api_client set role_id = ?1 where role_id = ?2 and deleted_at is not null")
                .setParameter(1, Role.VIEWER).setParameter(2, id).executeUpdate()).replaceWithVoid();
    }
}
