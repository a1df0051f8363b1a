package io.gatehouse.api.celigo;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.access.clients.ApiClient;
import io.gatehouse.access.clients.ApiClients;
import io.gatehouse.access.clients.ClientChange;
import io.gatehouse.access.clients.NewClient;
import io.gatehouse.access.tokens.IssuedToken;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.servers.ServerTokens;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Shows management clients and the tokens of servers as the one kind of token that this dialect knows. */
@Singleton
class CeligoAccessTokens {

    private static final int MOST = 10_000;

    private final ApiClients clients;
    private final ServerTokens tokens;
    private final AccessTokenReader reader;

    @Inject
    CeligoAccessTokens(ApiClients clients, ServerTokens tokens, AccessTokenReader reader) {
        this.clients = clients;
        this.tokens = tokens;
        this.reader = reader;
    }

    /** By age; of each kind if the caller may see it. Of management clients, those that may do everything. */
    Uni<Page<CeligoAccessToken>> list(Caller caller, Page.Slice slice) {
        int most = Math.min(MOST, slice.offset() + slice.limit() + 1);
        return (caller.permissions().contains(Permission.VIEW_CLIENTS)
                ? clients.list(caller, new Page.Slice(0, MOST)).map(Page::items)
                : Uni.createFrom().item(List.<ApiClient> of()))
                .chain(managing -> tokens.first(caller, most).chain(this::shown).map(opening -> slice.of(Stream
                        .concat(managing.stream().filter(CeligoAccessTokens::isFull).map(CeligoAccessTokens::shown),
                                opening.stream())
                        .sorted(Comparator.comparing(CeligoAccessToken::createdAt).thenComparing(CeligoAccessToken::id))
                        .skip(slice.offset()).limit(slice.limit() + 1L).toList())));
    }

    private static CeligoAccessToken shown(ApiClient client) {
        return CeligoAccessToken.of(client, CeligoServerMapper.MASK);
    }

    private Uni<List<CeligoAccessToken>> shown(Collection<IssuedToken> issued) {
        List<Long> ids = issued.stream().flatMap(token -> token.serverIds().stream()).distinct().toList();
        return tokens.objectIds(ids).map(serverIds -> issued.stream()
                .map(token -> CeligoAccessToken.of(token, CeligoServerMapper.MASK, serverIds)).toList());
    }

    private Uni<CeligoAccessToken> shown(IssuedToken token, String secret) {
        return tokens.objectIds(token.serverIds()).map(ids -> CeligoAccessToken.of(token, secret, ids));
    }

    Uni<CeligoAccessToken> create(Caller caller, JsonNode body) {
        AccessTokenReader.Wish wish = reader.read(body, null);
        return wish.fullAccess()
                ? clients.create(caller, NewClient.administrator(wish.token().name(), null, wish.token().expiresAt()))
                        .map(issued -> CeligoAccessToken.of(issued.client(), issued.token()))
                : tokens.issue(caller, wish.token()).chain(fresh -> shown(fresh.token(), fresh.secret()));
    }

    Uni<CeligoAccessToken> get(Caller caller, String id) {
        return either(caller, id, client -> Uni.createFrom().item(shown(client)),
                token -> shown(token, CeligoServerMapper.MASK));
    }

    /** What the request leaves out of state and end stays as it is. */
    Uni<CeligoAccessToken> update(Caller caller, String id, JsonNode body) {
        requireEditor(caller);
        return either(caller, id, client -> {
            AccessTokenReader.Wish wish = reader.read(body, client.expiresAt());
            ServerTokens.Wish wanted = wish.token();
            return sameKind(wish.fullAccess()).chain(() -> clients.change(caller, client.id(), new ClientChange(
                    wanted.name(), null, null, null, null, wanted.expiresAt(), wanted.revoked())))
                    .map(CeligoAccessTokens::shown);
        }, token -> {
            AccessTokenReader.Wish wish = reader.read(body, token.expiresAt());
            return sameKind(!wish.fullAccess()).chain(() -> tokens.change(caller, id, wish.token()))
                    .chain(changed -> shown(changed, CeligoServerMapper.MASK));
        });
    }

    /** Of either kind; the doors know which. */
    private static void requireEditor(Caller caller) {
        if (!caller.permissions().contains(Permission.EDIT_CLIENTS)) {
            caller.require(Permission.MANAGE_SERVER_TOKENS);
        }
    }

    private static Uni<Void> sameKind(boolean same) {
        return same ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(() -> Problem.invalidField("fullAccess", "invalid_field_value",
                        "fullAccess: a token that manages the account can't become one that opens servers, nor the reverse"));
    }

    Uni<Void> delete(Caller caller, String id) {
        requireEditor(caller);
        return either(caller, id, client -> {
            if (client.revokedAt() == null) {
                throw ServerTokens.notRevoked();
            }
            return clients.delete(caller, client.id());
        }, token -> tokens.delete(caller, id));
    }

    /** Whichever kind of token the id names. */
    private <T> Uni<T> either(Caller caller, String id, Function<ApiClient, Uni<? extends T>> client,
            Function<IssuedToken, Uni<? extends T>> token) {
        Uni<ApiClient> managing = caller.permissions().contains(Permission.VIEW_CLIENTS)
                ? clients.get(caller, id).onFailure(CeligoAccessTokens::isNotFound).recoverWithNull()
                : Uni.createFrom().nullItem();
        return managing.chain(found -> found != null && isFull(found) ? client.apply(found)
                : tokens.get(caller, id).chain(token::apply));
    }

    private static boolean isFull(ApiClient client) {
        return client.folders() == null && client.role().permissions().containsAll(EnumSet.allOf(Permission.class));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.NOT_FOUND;
    }
}
