package io.gatehouse.servers;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for servers. */
@Singleton
class ServerStore implements PanacheRepository<ServerEntity> {

    Uni<ServerEntity> byHandle(String handle) {
        return find("handle", handle).firstResult();
    }

    Uni<ServerEntity> byHandle(long workspaceId, String handle) {
        return find("workspaceId = ?1 and handle = ?2", workspaceId, handle).firstResult();
    }

    /** Holds the row until the transaction ends. */
    Uni<ServerEntity> lock(long workspaceId, String handle) {
        return find("workspaceId = ?1 and handle = ?2", workspaceId, handle).withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** By age; where a name is searched, those with that very name first, then those that begin with it. */
    Uni<Page<ServerEntity>> page(long workspaceId, ServerFilter filter, Page.Slice slice) {
        StringBuilder query = new StringBuilder("workspaceId = :workspace");
        Map<String, Object> parameters = new HashMap<>(Map.of("workspace", workspaceId));
        restrict("projectId", filter.projectId(), query, parameters);
        restrict("folderId", filter.folderId(), query, parameters);
        restrict("authenticationMethod", filter.authenticationMethod(), query, parameters);
        String order = " order by ";
        if (filter.search() != null) {
            String search = filter.search().toLowerCase(Locale.ROOT);
            String pattern = search.replaceAll("([\\\\%_])", "\\\\$1") + "%";
            parameters.putAll(Map.of("search", search, "prefix", pattern, "part", "%" + pattern));
            query.append(" and lower(name) like :part escape '\\'");
            order += "case when lower(name) = :search then 0 when lower(name) like :prefix escape '\\' then 1 else 2 end, ";
        }
        return find(query + order + "createdAt, id", parameters)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of);
    }

    private static void restrict(String field, Object value, StringBuilder query, Map<String, Object> parameters) {
        if (value != null) {
            query.append(" and ").append(field).append(" = :").append(field);
            parameters.put(field, value);
        }
    }
}
