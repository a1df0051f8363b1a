package io.gatehouse.access.tokens;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** The tokens that open MCP servers. Works in the caller's transaction; the caller has checked that it may. */
@Singleton
public class McpTokens implements PanacheRepository<McpTokenEntity> {

    private static final String MAIN = "Server token";
    /** A token that renewal replaces has a row of its own for each server. */
    private static final String OF_SERVER = "from McpTokenEntity t where ?1 member of t.servers and t.deletedAt is null";

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
        String secret = TokenDigest.newToken();
        McpTokenEntity row = new McpTokenEntity();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        row.objectId = ObjectId.create(row.createdAt);
        row.workspaceId = workspaceId;
        row.name = name;
        row.main = main;
        row.servers.addAll(serverIds);
        row.expiresAt = expiresAt;
        row.digest = TokenDigest.of(secret);
        return persistAndFlush(row).map(kept -> new IssuedToken.Fresh(kept.toToken(), secret));
    }

    /** A fresh main token in the place of the one that the server had. */
    public Uni<String> renew(long workspaceId, long serverId) {
        return find(OF_SERVER + " and t.main", serverId).list().chain(this::remove).chain(() -> mint(workspaceId, serverId));
    }

    /** No token opens the server any more; those that open nothing else are gone. */
    public Uni<Void> closeAll(long serverId) {
        return find("from McpTokenEntity t where ?1 member of t.servers", serverId).list()
                .invoke(rows -> rows.forEach(row -> row.servers.remove(serverId)))
                .chain(rows -> remove(rows.stream().filter(row -> row.servers.isEmpty()).toList()))
                .chain(this::flush);
    }

    private Uni<Void> remove(List<McpTokenEntity> rows) {
        return Multi.createFrom().iterable(rows).onItem().transformToUniAndConcatenate(this::delete).collect().last()
                .chain(this::flush);
    }

    /** What the server's plan needs to know its good tokens again. */
    public Uni<List<McpToken>> of(long serverId) {
        return find(OF_SERVER + " and t.revokedAt is null order by t.id", serverId).list()
                .map(rows -> rows.stream().map(row -> new McpToken(row.id, row.digest, row.expiresAt)).toList());
    }

    /** All tokens that were made for the server, by age. */
    public Uni<Page<IssuedToken>> page(long serverId, Page.Slice slice) {
        return find(OF_SERVER + " order by t.createdAt, t.id", serverId)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of)
                .map(page -> page.map(McpTokenEntity::toToken));
    }

    /** The tokens of a workspace, by age. */
    public Uni<List<IssuedToken>> first(long workspaceId, int most) {
        return find("workspaceId = ?1 and deletedAt is null order by createdAt, id", workspaceId).range(0, most - 1)
                .list().map(rows -> rows.stream().map(McpTokenEntity::toToken).toList());
    }

    /** @return null when there is none */
    public Uni<IssuedToken> one(long workspaceId, String objectId) {
        return row(workspaceId, objectId).map(row -> row == null ? null : row.toToken());
    }

    /** A token with another name, other servers or another state; revoked now when it is to be and was not. */
    public Uni<IssuedToken> change(long workspaceId, String objectId, String name, Set<Long> serverIds,
            boolean revoked, Instant expiresAt) {
        return row(workspaceId, objectId).invoke(row -> {
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
        return find(OF_SERVER + " and t.id = ?2", serverId, tokenId).<McpTokenEntity> firstResult()
                .onItem().ifNotNull().transformToUni(row -> {
                    IssuedToken token = row.toToken();
                    row.servers.remove(serverId);
                    return (row.servers.isEmpty() ? delete(row) : Uni.createFrom().voidItem()).chain(this::flush)
                            .replaceWith(token);
                });
    }

    /** Hides a token, which opens nothing any more. */
    public Uni<Void> discard(long workspaceId, String objectId) {
        return row(workspaceId, objectId).invoke(row -> row.deletedAt = clock.instant()).chain(this::flush);
    }

    /** Removes for good what was discarded or has expired before this moment. */
    public Uni<Integer> purge(Instant before) {
        return list("deletedAt <= ?1 or expiresAt <= ?1", before).call(this::remove).map(List::size);
    }

    /** Notes when tokens were last used, unless a later use is known. */
    public Uni<Void> used(Collection<Long> ids, Instant at) {
        return update("lastUsedAt = ?1 where id in ?2 and (lastUsedAt is null or lastUsedAt < ?1)", at, ids)
                .replaceWithVoid();
    }

    private Uni<McpTokenEntity> row(long workspaceId, String objectId) {
        return find("workspaceId = ?1 and objectId = ?2 and deletedAt is null", workspaceId, objectId)
                .withLock(LockModeType.PESSIMISTIC_WRITE).firstResult();
    }
}
