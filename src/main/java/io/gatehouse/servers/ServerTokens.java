package io.gatehouse.servers;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.gatehouse.access.tokens.IssuedToken;
import io.gatehouse.access.tokens.McpTokens;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the tokens that open servers; a token may open several, all of which its issuer must see. */
@Singleton
public class ServerTokens {

    private static final int LONGEST_NAME = 300;
    private static final int MOST_SHOWN = 1_000;
    private static final String SERVERS = "_mcpServerIds";

    private final ServerRows rows;
    private final ServerStore store;
    private final McpTokens tokens;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;

    @Inject
    ServerTokens(ServerRows rows, ServerStore store, McpTokens tokens, Audit audit, Changes changes, Clock clock) {
        this.rows = rows;
        this.store = store;
        this.tokens = tokens;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * What a token is to be.
     *
     * @param serverIds the object ids of the servers that it opens, each once
     * @param revoked null leaves as it is
     * @param expiresAt null for never
     * @param keepsExpiry whether it stays as it is, whatever {@code expiresAt} says
     */
    public record Wish(String name, List<String> serverIds, Boolean revoked, Instant expiresAt,
            boolean keepsExpiry) {
    }

    /** By age. */
    @WithSession
    public Uni<Page<IssuedToken>> list(Caller caller, ServerKey key, Page.Slice slice) {
        caller.require(Permission.VIEW_SERVER_TOKENS);
        return rows.find(caller, key).chain(row -> tokens.page(row.id, slice));
    }

    /** The tokens that open a server; none where the caller sees no such server. */
    @WithSession
    public Uni<List<IssuedToken>> opening(Caller caller, ServerKey key) {
        caller.require(Permission.VIEW_SERVERS);
        return store.one(caller, key).chain(row -> row == null || !caller.sees(row.projectId)
                ? Uni.createFrom().item(List.of())
                : tokens.page(row.id, new Page.Slice(0, MOST_SHOWN)).map(Page::items));
    }

    /** Of the first tokens of the workspace, by age, those of which the caller sees every server. */
    @WithSession
    public Uni<List<IssuedToken>> first(Caller caller, int most) {
        caller.require(Permission.VIEW_SERVER_TOKENS);
        return tokens.first(caller.workspaceId(), most).chain(all -> seen(caller, all));
    }

    @WithSession
    public Uni<IssuedToken> get(Caller caller, String objectId) {
        caller.require(Permission.VIEW_SERVER_TOKENS);
        return tokens.one(caller.workspaceId(), objectId).chain(token -> found(caller, token));
    }

    private Uni<IssuedToken> hold(Caller caller, String objectId) {
        return tokens.hold(caller.workspaceId(), objectId).chain(token -> found(caller, token));
    }

    private Uni<IssuedToken> found(Caller caller, IssuedToken token) {
        return seen(caller, token == null ? List.of() : List.of(token))
                .map(seen -> seen.stream().findFirst().orElseThrow(() -> Problem.notFound("Token")));
    }

    private Uni<List<IssuedToken>> seen(Caller caller, List<IssuedToken> all) {
        return caller.seesAllProjects() ? Uni.createFrom().item(all)
                : store.list("id in ?1", servers(all)).map(rows -> {
                    Set<Long> hidden = rows.stream().filter(row -> !caller.sees(row.projectId)).map(row -> row.id)
                            .collect(Collectors.toSet());
                    return all.stream().filter(token -> Collections.disjoint(token.serverIds(), hidden)).toList();
                });
    }

    private static Set<Long> servers(List<IssuedToken> tokens) {
        return tokens.stream().flatMap(token -> token.serverIds().stream()).collect(Collectors.toSet());
    }

    /** A token for the server that the key names. */
    public Uni<IssuedToken.Fresh> issue(Caller caller, ServerKey key, String name, Instant expiresAt) {
        caller.require(Permission.MANAGE_SERVER_TOKENS);
        return Panache.withTransaction(() -> rows.lock(caller, key).chain(row -> {
            Servers.requireTokens(row);
            return issue(caller, List.of(row), name, expiresAt);
        })).call(changes::settle);
    }

    /** A token for several servers; an unknown one fails with INVALID on {@code _mcpServerIds.<index>}. */
    public Uni<IssuedToken.Fresh> issue(Caller caller, Wish wish) {
        caller.require(Permission.MANAGE_SERVER_TOKENS);
        return Panache.withTransaction(() -> named(caller, wish.serverIds(), Set.of())
                .chain(servers -> issue(caller, servers, wish.name(), wish.expiresAt()))).call(changes::settle);
    }

    private Uni<IssuedToken.Fresh> issue(Caller caller, List<ServerEntity> servers, String name, Instant expiresAt) {
        String checked = Text.required("name", name, LONGEST_NAME);
        checkExpiry(expiresAt);
        return tokens.issue(caller.workspaceId(), checked, ids(servers), expiresAt)
                .call(fresh -> note(caller, "issued", fresh.token(), Map.of(), TokenDeeds.fields(fresh.token())))
                .call(() -> announce(servers));
    }

    private void checkExpiry(Instant expiresAt) {
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw Problem.invalidField("expires_at", "invalid_field_value", "expires_at: a time to come is needed");
        }
    }

    /** Takes a token from a server; one that opens nothing else is gone. */
    public Uni<Void> revoke(Caller caller, ServerKey key, long tokenId) {
        caller.require(Permission.MANAGE_SERVER_TOKENS);
        return Panache.withTransaction(() -> rows.lock(caller, key).chain(row -> tokens.withdraw(row.id, tokenId)
                .onItem().ifNull().failWith(() -> Problem.notFound("Token"))
                .chain(token -> note(caller, "revoked", token, TokenDeeds.fields(token), Map.of()))
                .chain(() -> announce(List.of(row))))).call(changes::settle);
    }

    public Uni<IssuedToken> change(Caller caller, String objectId, Wish wish) {
        caller.require(Permission.MANAGE_SERVER_TOKENS);
        String name = Text.required("name", wish.name(), LONGEST_NAME);
        return Panache.withTransaction(() -> tokens.servers(caller.workspaceId(), objectId)
                .chain(present -> named(caller, wish.serverIds(), Set.copyOf(present)))
                .chain(servers -> hold(caller, objectId)
                        .chain(before -> change(caller, before, name, ids(servers), wish))))
                .call(changes::settle);
    }

    private Uni<IssuedToken> change(Caller caller, IssuedToken before, String name, Set<Long> serverIds, Wish wish) {
        Instant expiresAt = wish.keepsExpiry() ? before.expiresAt() : wish.expiresAt();
        if (!Objects.equals(expiresAt, before.expiresAt())) {
            checkExpiry(expiresAt);
        }
        boolean revoked = wish.revoked() == null ? before.revokedAt() != null : wish.revoked();
        return tokens.change(before, name, serverIds, revoked, expiresAt)
                .call(after -> note(caller, revoked && before.revokedAt() == null ? "revoked" : "updated", after,
                        TokenDeeds.fields(before), TokenDeeds.fields(after)))
                .call(after -> store.list("id in ?1 or id in ?2", before.serverIds(), after.serverIds())
                        .chain(this::announce));
    }

    /** Only a revoked token can be deleted. */
    public Uni<Void> delete(Caller caller, String objectId) {
        caller.require(Permission.MANAGE_SERVER_TOKENS);
        return Panache.withTransaction(() -> hold(caller, objectId).chain(token -> {
            if (token.revokedAt() == null) {
                throw notRevoked();
            }
            return tokens.discard(token)
                    .chain(() -> note(caller, "deleted", token, TokenDeeds.fields(token), Map.of()));
        }));
    }

    public static Problem notRevoked() {
        return Problem.invalidField("revoked", "access_token_not_revoked",
                "revoked: a token must be revoked before it can be deleted");
    }

    /** The ids in the other form, for those who show tokens. In a session of its own. */
    @WithSession
    public Uni<Map<Long, String>> objectIds(Collection<Long> serverIds) {
        return store.objectIds(serverIds);
    }

    /**
     * The servers that are meant, kept as they are until the transaction ends.
     *
     * @param present those that the token opens already, which may be in the recycle bin
     */
    private Uni<List<ServerEntity>> named(Caller caller, List<String> objectIds, Set<Long> present) {
        if (objectIds.size() > MOST_SHOWN) {
            throw Problem.invalidField(SERVERS, "max", SERVERS + ": " + MOST_SHOWN + " at most");
        }
        return store.named(caller.workspaceId(), objectIds).invoke(found -> {
            Map<String, ServerEntity> byId = found.stream().collect(Collectors.toMap(row -> row.objectId, row -> row));
            for (int i = 0; i < objectIds.size(); i++) {
                check(caller, SERVERS + "." + i, byId.get(objectIds.get(i)), present);
            }
        });
    }

    private static void check(Caller caller, String field, ServerEntity server, Set<Long> present) {
        boolean isThere = server != null && caller.sees(server.projectId)
                && (server.deletedAt == null || present.contains(server.id));
        if (!isThere) {
            throw Problem.invalidField(field, "invalid_ref", field + ": no such MCP server");
        }
        if (server.authenticationMethod != AuthenticationMethod.TOKEN && !present.contains(server.id)) {
            throw Problem.invalidField(field, "token_access_not_enabled", field + ": this server is not accessed by tokens");
        }
    }

    private Uni<Void> announce(List<ServerEntity> servers) {
        return Multi.createFrom().iterable(servers)
                .onItem().transformToUniAndConcatenate(row -> rows.announce(row, row.relativeUri)).collect().last();
    }

    private static Set<Long> ids(List<ServerEntity> servers) {
        return Set.copyOf(servers.stream().map(row -> row.id).toList());
    }

    private Uni<Void> note(Caller caller, String verb, IssuedToken token, Map<String, ?> before,
            Map<String, ?> after) {
        return audit.note(caller, TokenDeeds.deed(verb, token, before, after));
    }
}
