package io.gatehouse.servers;

import java.util.Collection;
import java.util.List;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for which user groups may use which server. */
@Singleton
class ServerGroupStore {

    Uni<List<Long>> of(long serverId) {
        return Panache.getSession().chain(session -> session.createNativeQuery(
                "select group_id from server_user_group where server_id = ?1 order by group_id", Long.class)
                .setParameter(1, serverId).getResultList());
    }

    Uni<Void> add(long serverId, Collection<Long> groupIds) {
        return change("""
                insert into server_user_group (server_id, group_id)
                select ?1, id from user_group where id in (?2) on conflict do nothing""", serverId, groupIds);
    }

    Uni<Void> remove(long serverId, Collection<Long> groupIds) {
        return change("delete from server_user_group where server_id = ?1 and group_id in (?2)", serverId, groupIds);
    }

    private static Uni<Void> change(String statement, long serverId, Collection<Long> groupIds) {
        return groupIds.isEmpty() ? Uni.createFrom().voidItem()
                : Panache.getSession().chain(session -> session.createNativeQuery(statement).setParameter(1, serverId)
                        .setParameter(2, groupIds).executeUpdate()).replaceWithVoid();
    }
}
