package io.gatehouse.access.tokens;

import java.time.Clock;
import java.util.List;

import io.gatehouse.kernel.ObjectId;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The tokens of each MCP server. Works in the caller's transaction; the caller has checked that it may. */
@Singleton
public class McpTokens {

    private static final String MAIN = "Server token";

    private final Clock clock;

    @Inject
    McpTokens(Clock clock) {
        this.clock = clock;
    }

    /** The server's main token, in the clear: the only time it is seen. */
    public Uni<String> mint(long workspaceId, long serverId) {
        String token = TokenDigest.newToken();
        McpTokenEntity row = new McpTokenEntity();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        row.objectId = ObjectId.create(row.createdAt);
        row.workspaceId = workspaceId;
        row.name = MAIN;
        row.main = true;
        row.servers.add(serverId);
        row.digest = TokenDigest.of(token);
        return Panache.getSession().chain(session -> session.persist(row).call(session::flush)).replaceWith(token);
    }

    /** A fresh main token in the place of the one that the server had. */
    public Uni<String> renew(long workspaceId, long serverId) {
        return Panache.getSession()
                .chain(session -> session.createMutationQuery(
                        "delete from McpTokenEntity t where t.main and ?1 member of t.servers")
                        .setParameter(1, serverId).executeUpdate())
                .chain(() -> mint(workspaceId, serverId));
    }

    /** What the server's plan needs to know its tokens again. */
    public Uni<List<McpToken>> of(long serverId) {
        return Panache.getSession()
                .chain(session -> session.createSelectionQuery("""
                        select new io.gatehouse.access.tokens.McpToken(t.id, t.digest) from McpTokenEntity t
                        join t.servers s where s = ?1 and t.revokedAt is null and t.deletedAt is null
                        order by t.id""", McpToken.class)
                        .setParameter(1, serverId).getResultList());
    }
}
