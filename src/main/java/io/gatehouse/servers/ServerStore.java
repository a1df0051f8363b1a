package io.gatehouse.servers;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.hibernate.reactive.mutiny.Mutiny.SelectionQuery;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The queries for servers. What is in the recycle bin is found by nothing but the queries that say so. */
@Singleton
class ServerStore implements PanacheRepository<ServerEntity> {

    private static final String BY_IDENTITY = "(authenticationMethod = ?1 or authenticationMethod = ?2 and oauth is null) "
            + "and enabled and deletedAt is null";

    /** The server that a path of the gateway names, by its handle or else by its relative URI. */
    Uni<ServerEntity> byPath(String segment) {
        return find("handle = ?1 and deletedAt is null", segment).firstResult()
                .onItem().ifNull().switchTo(() -> list(
                        "function('md5', relativeUri) = function('md5', ?1) and relativeUri = ?1 and deletedAt is null",
                        "/" + segment).map(rows -> rows.size() == 1 ? rows.get(0) : null));
    }

    Uni<ServerEntity> one(Caller caller, ServerKey key) {
        return keyed(caller, key, "deletedAt is null").firstResult();
    }

    /** Reads again what the database counts. */
    Uni<Void> refresh(ServerEntity row) {
        return getSession().chain(session -> session.refresh(row));
    }

    /** Holds the row until the transaction ends. */
    Uni<ServerEntity> lock(Caller caller, ServerKey key) {
        return keyed(caller, key, "deletedAt is null").withLock(LockModeType.PESSIMISTIC_WRITE).firstResult();
    }

    Uni<ServerEntity> lockDeleted(Caller caller, ServerKey key) {
        return keyed(caller, key, "deletedAt is not null").withLock(LockModeType.PESSIMISTIC_WRITE).firstResult();
    }

    private PanacheQuery<ServerEntity> keyed(Caller caller, ServerKey key, String state) {
        String field = switch (key.kind()) {
            case HANDLE -> "handle";
            case OBJECT_ID -> "objectId";
        };
        return find("workspaceId = ?1 and " + field + " = ?2 and " + state, caller.workspaceId(), key.value());
    }

    /** Lets the writers of one relative URI follow one another until their transactions end. */
    Uni<Void> holdUri(long workspaceId, String relativeUri) {
        return getSession().chain(session -> session.createNativeQuery(
                "select cast(pg_advisory_xact_lock(hashtextextended(?1, ?2)) as text)", String.class)
                .setParameter(1, relativeUri).setParameter(2, workspaceId).getSingleResultOrNull()).replaceWithVoid();
    }

    /** Whether a server other than this one goes by the URI, or by the handle that it would hide. */
    Uni<Boolean> isTaken(long workspaceId, String relativeUri, Long exceptId) {
        long except = exceptId == null ? 0 : exceptId;
        return count("workspaceId = ?1 and id <> ?2 and handle = ?3", workspaceId, except, relativeUri.substring(1))
                .chain(hidden -> hidden > 0 ? Uni.createFrom().item(hidden)
                        : count("""
                                workspaceId = ?1 and id <> ?2 and deletedAt is null
                                and function('md5', relativeUri) = function('md5', ?3) and relativeUri = ?3""",
                                workspaceId, except, relativeUri))
                .map(count -> count > 0);
    }

    /** By age; where a name is searched, those with that very name first, then those that begin with it. */
    Uni<Page<ServerEntity>> page(Caller caller, ServerFilter filter, Page.Slice slice) {
        Query query = visible(caller, "deletedAt is null");
        query.restrict("projectId", filter.projectId());
        query.restrict("folderId", filter.folderId());
        if (filter.authenticationMethod() != null) {
            query.text.append(switch (filter.authenticationMethod()) {
                case TOKEN -> " and authenticationMethod = TOKEN and oauth is null";
                case IDENTITY -> " and authenticationMethod = IDENTITY";
                case SSO -> " and (authenticationMethod = SSO or authenticationMethod = TOKEN and oauth is not null)";
            });
        }
        String order = " order by ";
        if (filter.search() != null) {
            String search = filter.search().toLowerCase(Locale.ROOT);
            String pattern = search.replaceAll("([\\\\%_])", "\\\\$1") + "%";
            query.parameters.putAll(Map.of("search", search, "prefix", pattern, "part", "%" + pattern));
            query.text.append(" and lower(name) like :part escape '\\'");
            order += "case when lower(name) = :search then 0 when lower(name) like :prefix escape '\\' then 1 else 2 end, ";
        }
        return page(query, order + "createdAt, id", slice);
    }

    /** Be they in the recycle bin; kept as they are until the transaction ends. */
    Uni<List<ServerEntity>> named(long workspaceId, Collection<String> objectIds) {
        return find("workspaceId = ?1 and objectId in ?2 order by id", workspaceId, objectIds)
                .withLock(LockModeType.PESSIMISTIC_READ).list();
    }

    Uni<Map<Long, String>> objectIds(Collection<Long> ids) {
        return list("id in ?1", ids)
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.id, row -> row.objectId)));
    }

    /** Holds the row, be it in the recycle bin, until the transaction ends; null when it is gone. */
    Uni<ServerEntity> lock(long id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Those that have tools of an upstream or follow it, be they in the recycle bin. */
    Uni<List<ServerEntity>> offering(long upstreamId) {
        return list("""
                id in (select l.serverId from ServerToolEntity l join UpstreamToolEntity t on t.id = l.upstreamToolId
                where t.upstreamId = ?1) or id in (select s.serverId from SourceEntity s where s.upstreamId = ?1)
                order by id""", upstreamId);
    }

    /** Those that have this tool of an upstream by itself, be they in the recycle bin. */
    Uni<List<ServerEntity>> offeringTool(long toolId) {
        return list("id in (select l.serverId from ServerToolEntity l where l.upstreamToolId = ?1 and l.sourceId is null) "
                + "order by id", toolId);
    }

    /** The groups of people who may use the server. */
    Uni<List<Long>> groups(long serverId) {
        return getSession().chain(session -> session.createNativeQuery(
                "select group_id from server_user_group where server_id = ?1 order by group_id", Long.class)
                .setParameter(1, serverId).getResultList());
    }

    Uni<Void> addGroups(long serverId, Collection<Long> groupIds) {
        return changeGroups("""
                insert into server_user_group (server_id, group_id)
                select ?1, id from user_group where id in (?2) on conflict do nothing""", serverId, groupIds);
    }

    Uni<Void> removeGroups(long serverId, Collection<Long> groupIds) {
        return changeGroups("delete from server_user_group where server_id = ?1 and group_id in (?2)", serverId, groupIds);
    }

    private Uni<Void> changeGroups(String statement, long serverId, Collection<Long> groupIds) {
        return groupIds.isEmpty() ? Uni.createFrom().voidItem()
                : getSession().chain(session -> session.createNativeQuery(statement).setParameter(1, serverId)
                        .setParameter(2, groupIds).executeUpdate()).replaceWithVoid();
    }

    /** Those that people may be let in to by Gatehouse's identity, two at most. */
    Uni<List<ServerEntity>> openToPeople() {
        return find(BY_IDENTITY, AuthenticationMethod.IDENTITY, AuthenticationMethod.SSO).range(0, 1).list();
    }

    /** Those of them that any of these groups may use, two at most. */
    Uni<List<ServerEntity>> openTo(Set<Long> groups) {
        return groups.isEmpty() ? Uni.createFrom().item(List.of())
                : getSession().chain(session -> session.createNativeQuery(
                        "select distinct server_id from server_user_group where group_id in (:groups)", Long.class)
                        .setParameter("groups", groups).getResultList())
                        .chain(ids -> find(BY_IDENTITY + " and id in ?3", AuthenticationMethod.IDENTITY,
                                AuthenticationMethod.SSO, ids).range(0, 1).list());
    }

    /** What is in the recycle bin, newest first. */
    Uni<Page<ServerEntity>> deleted(Caller caller, Page.Slice slice) {
        return page(visible(caller, "deletedAt is not null"), " order by deletedAt desc, id", slice);
    }

    /** Those whose time in the recycle bin is over, held, as many as a transaction should take. */
    Uni<List<ServerEntity>> overdue(Instant now, int most) {
        return find("purgeAfter <= ?1 order by id", now).range(0, most - 1).withLock(LockModeType.PESSIMISTIC_WRITE).list();
    }

    /** Ids first, from the index, so that nothing is read of the servers on the pages before; one may vanish meanwhile. */
    private Uni<Page<ServerEntity>> page(Query query, String order, Page.Slice slice) {
        return getSession().chain(session -> {
            SelectionQuery<Long> ids = session.createSelectionQuery(
                    "select id from ServerEntity where " + query.text + order, Long.class);
            query.parameters.forEach(ids::setParameter);
            return ids.setFirstResult(slice.offset()).setMaxResults(slice.limit() + 1).getResultList();
        }).map(slice::of).chain(page -> {
            query.restrict("id", page.items());
            return list(query.text + order, query.parameters).map(rows -> {
                Map<Long, ServerEntity> byId = rows.stream().collect(Collectors.toMap(row -> row.id, row -> row));
                return new Page<>(page.items().stream().map(byId::get).filter(Objects::nonNull).toList(), page.more());
            });
        });
    }

    private static Query visible(Caller caller, String state) {
        Query query = new Query();
        query.text.append(state);
        query.restrict("workspaceId", caller.workspaceId());
        if (!caller.seesAllProjects()) {
            query.text.append(" and projectId in :projects");
            query.parameters.put("projects", caller.onlyProjects());
        }
        return query;
    }

    private static final class Query {

        private final StringBuilder text = new StringBuilder();
        private final Map<String, Object> parameters = new HashMap<>();

        void restrict(String field, Object value) {
            if (value != null) {
                text.append(" and ").append(field).append(value instanceof Collection ? " in :" : " = :").append(field);
                parameters.put(field, value);
            }
        }
    }
}
