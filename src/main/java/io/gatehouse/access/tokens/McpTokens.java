package io.gatehouse.access.tokens;

import java.time.Clock;
import java.util.List;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The tokens of each MCP server. Works in the caller's transaction; the caller has checked that it may. */
@Singleton
public class McpTokens {

    private final Clock clock;

    @Inject
    McpTokens(Clock clock) {
        this.clock = clock;
    }

    /** A further token of the server, in the clear: the only time it is seen. */
    public Uni<String> mint(long serverId) {
        String token = TokenDigest.newToken();
        McpTokenEntity row = new McpTokenEntity();
        row.serverId = serverId;
        row.digest = TokenDigest.of(token);
        row.createdAt = clock.instant();
        return Panache.getSession().chain(session -> session.persist(row).call(session::flush)).replaceWith(token);
    }

    /** A fresh token in the place of all that the server had. */
    public Uni<String> renew(long serverId) {
        return Panache.getSession()
                .chain(session -> session.createMutationQuery("delete from McpTokenEntity where serverId = ?1")
                        .setParameter(1, serverId).executeUpdate())
                .chain(() -> mint(serverId));
    }

    /** What the server's plan needs to know its tokens again. */
    public Uni<List<McpToken>> of(long serverId) {
        return Panache.getSession()
                .chain(session -> session.createSelectionQuery("""
                        select new io.gatehouse.access.tokens.McpToken(id, digest) from McpTokenEntity
                        where serverId = ?1 order by id""", McpToken.class)
                        .setParameter(1, serverId).getResultList());
    }
}
