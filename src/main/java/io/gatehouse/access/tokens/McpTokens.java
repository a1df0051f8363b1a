package io.gatehouse.access.tokens;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/**
 * The tokens that open MCP servers. Works in the caller's transaction; the caller has checked that it may, and holds the
 * servers that a change concerns, always before their tokens.
 */
@Singleton
public class McpTokens implements PanacheRepository<McpTokenEntity> {

    private static final String MAIN = "Server token";
    private static final int MOST_AT_ONCE = 1_000;
    private static final String OF_SERVER = "select t from McpTokenEntity t join t.servers s where s = ?1";
    private static final String LIVE = " and t.deletedAt is null";

    private final Clock clock;

    @Inject
    McpTokens(Clock clock) {
        this.clock = clock;
    }

    /** The server's main token, in the clear: the only time it is seen. */
    public Uni<String> mint(long workspaceId, long serverId) {
        return issue(workspaceId, MAIN, Set.of(serverId), null, true).map(IssuedToken.Fresh::secret);
    }

    /** A further token, beside the main ones of its servers. */
    public Uni<IssuedToken.Fresh> issue(long workspaceId, String name, Set<Long> serverIds, Instant expiresAt) {
        return issue(workspaceId, name, serverIds, expiresAt, false);
    }

    private Uni<IssuedToken.Fresh> issue(long workspaceId, String name, Set<Long> serverIds, Instant expiresAt,
            boolean main) {
        McpTokenEntity row = new McpTokenEntity();
        String secret = begin(row, name);
        row.objectId = ObjectId.create(row.createdAt);
        row.workspaceId = workspaceId;
        row.main = main;
        row.servers.addAll(serverIds);
        row.expiresAt = expiresAt;
        return persistAndFlush(row).map(kept -> new IssuedToken.Fresh(kept.toToken(), secret));
    }

    private String begin(McpTokenEntity row, String name) {
        String secret = TokenDigest.newToken();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        row.name = name;
        row.digest = TokenDigest.of(secret);
        return secret;
    }

    /**
     * A fresh main token in the place of the one that the server had. Whoever bears it is who bore that one, with the same
     * id; not where that one was revoked.
     */
    public Uni<String> renew(long workspaceId, long serverId) {
        return locked(OF_SERVER + LIVE + " and t.main", serverId).chain(rows -> {
            McpTokenEntity good = rows.stream().filter(row -> row.revokedAt == null).findFirst().orElse(null);
            return remove(rows.stream().filter(row -> row != good).toList())
                    .chain(() -> good == null ? mint(workspaceId, serverId) : renew(good));
        });
    }

    private Uni<String> renew(McpTokenEntity row) {
        String secret = begin(row, MAIN);
        row.expiresAt = null;
        row.lastUsedAt = null;
        return flush().replaceWith(secret);
    }

    /** No token opens the server any more; those that open nothing else are gone. Gives the tokens as they were. */
    public Uni<List<IssuedToken>> closeAll(long serverId) {
        return locked(OF_SERVER, serverId).chain(rows -> {
            List<IssuedToken> closed = rows.stream().map(McpTokenEntity::toToken).toList();
            rows.forEach(row -> row.servers.remove(serverId));
            return remove(rows.stream().filter(row -> row.servers.isEmpty()).toList()).replaceWith(closed);
        });
    }

    private Uni<List<McpTokenEntity>> locked(String query, Object... parameters) {
        return find(query + " order by t.id", parameters).withLock(LockModeType.PESSIMISTIC_WRITE).list();
    }

    private Uni<Void> remove(List<McpTokenEntity> rows) {
        return getSession().chain(session -> session.removeAll(rows.toArray()).chain(session::flush));
    }

    /** What the server's plan needs to know its good tokens again. */
    public Uni<List<McpToken>> of(long serverId) {
        return find(OF_SERVER + LIVE + " and t.revokedAt is null order by t.id", serverId).list()
                .map(rows -> rows.stream().map(row -> new McpToken(row.id, row.digest, row.expiresAt)).toList());
    }

    /** All tokens that were made for the server, by age. */
    public Uni<Page<IssuedToken>> page(long serverId, Page.Slice slice) {
        return find(OF_SERVER + LIVE + " order by t.createdAt, t.id", serverId)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of)
                .map(page -> page.map(McpTokenEntity::toToken));
    }

    /** The tokens of a workspace, by age. */
    public Uni<List<IssuedToken>> first(long workspaceId, int most) {
        return find("workspaceId = ?1 and deletedAt is null order by createdAt, id", workspaceId).range(0, most - 1)
                .list().map(rows -> rows.stream().map(McpTokenEntity::toToken).toList());
    }

    /** The servers that a token opens, read without the token, which is to be read when it is held. */
    public Uni<List<Long>> servers(long workspaceId, String objectId) {
        return getSession().chain(session -> session.createNativeQuery("""
                select s.server_id from mcp_token t join mcp_token_server s on s.token_id = t.id
                where t.workspace_id = ?1 and t.object_id = ?2""", Long.class)
                .setParameter(1, workspaceId).setParameter(2, objectId).getResultList());
    }

    /** A token that stays as it is until the transaction ends; null when there is none. */
    public Uni<IssuedToken> hold(long workspaceId, String objectId) {
        return locked("from McpTokenEntity t where t.workspaceId = ?1 and t.objectId = ?2" + LIVE, workspaceId, objectId)
                .map(rows -> rows.isEmpty() ? null : rows.get(0).toToken());
    }

    /** @return null when there is none */
    public Uni<IssuedToken> one(long workspaceId, String objectId) {
        return find("workspaceId = ?1 and objectId = ?2 and deletedAt is null", workspaceId, objectId)
                .<McpTokenEntity> firstResult().onItem().ifNotNull().transform(McpTokenEntity::toToken);
    }

    /**
     * A token with another name, other servers or another state; revoked now when it is to be and was not. One that opens
     * anything but its own server is no main token any more, for renewal must not take it from another. The caller holds
     * the token.
     */
    public Uni<IssuedToken> change(IssuedToken token, String name, Set<Long> serverIds, boolean revoked,
            Instant expiresAt) {
        return findById(token.id()).invoke(row -> {
            row.main &= row.servers.equals(serverIds);
            row.name = name;
            row.servers.retainAll(serverIds);
            row.servers.addAll(serverIds);
            row.expiresAt = expiresAt;
            row.revokedAt = !revoked ? null : row.revokedAt == null ? clock.instant() : row.revokedAt;
            row.updatedAt = clock.instant();
        }).call(this::flush).map(McpTokenEntity::toToken);
    }

    /** Takes a token from one server; null when that server has no such token. */
    public Uni<IssuedToken> withdraw(long serverId, long tokenId) {
        return locked(OF_SERVER + LIVE + " and t.id = ?2", serverId, tokenId).chain(rows -> {
            if (rows.isEmpty()) {
                return Uni.createFrom().nullItem();
            }
            IssuedToken token = rows.get(0).toToken();
            rows.get(0).servers.remove(serverId);
            return remove(rows.stream().filter(row -> row.servers.isEmpty()).toList()).replaceWith(token);
        });
    }

    /** Hides a token, which opens nothing any more. */
    public Uni<Void> discard(IssuedToken token) {
        return update("deletedAt = ?1 where id = ?2", clock.instant(), token.id()).replaceWithVoid();
    }

    /** Removes for good what was discarded or has expired before this moment; some of it, for one transaction. */
    public Uni<Void> purge(Instant before) {
        return find("deletedAt <= ?1 or expiresAt <= ?1 order by id", before).range(0, MOST_AT_ONCE - 1)
                .withLock(LockModeType.PESSIMISTIC_WRITE).list().chain(this::remove);
    }

    /** Notes when tokens were last used, unless a later use is known. */
    public Uni<Void> used(Collection<Long> ids, Instant at) {
        return update("lastUsedAt = ?1 where id in ?2 and (lastUsedAt is null or lastUsedAt < ?1)", at, ids)
                .replaceWithVoid();
    }
}
