package io.gatehouse.access.oauth;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.nimbusds.oauth2.sdk.TokenRequest;

import io.gatehouse.access.accounts.AccountProof;
import io.gatehouse.access.accounts.ServiceAccount;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Lets service accounts in by what they show, again each time: they get no refresh token (RFC 6749, section 4.4). */
@Singleton
class ServiceTokens {

    private final AccountProof proof;
    private final ProtectedResources resources;
    private final AccessTokens tokens;
    private final List<URI> audience;

    @Inject
    ServiceTokens(AccountProof proof, ProtectedResources resources, AccessTokens tokens, Issuer issuer) {
        this.proof = proof;
        this.resources = resources;
        this.tokens = tokens;
        this.audience = List.of(URI.create(issuer.url()), issuer.endpoint("token"));
    }

    /** What is answered. */
    record Issued(String token, String scope) {
    }

    Uni<Issued> issue(TokenRequest request) {
        Set<String> scopes = Scopes.granted(Scopes.ALL, request.getScope());
        if (scopes.isEmpty()) {
            throw Problem.invalid("invalid_scope", "mcp:read and mcp:write are the scopes");
        }
        String scope = Scopes.format(scopes);
        return proof.check(request.getClientAuthentication(), audience)
                .chain(account -> resource(request, account)
                        .chain(resource -> tokens.sign(account, resource, scope)))
                .map(token -> new Issued(token, scope));
    }

    /** One that it may use now; which ones there are beside is not told. */
    private Uni<ProtectedResource> resource(TokenRequest request, ServiceAccount account) {
        Set<Long> groups = Set.copyOf(account.groupIds());
        List<URI> named = request.getResources();
        Uni<Optional<ProtectedResource>> found = named == null || named.isEmpty() ? resources.only(groups)
                : named.size() > 1 ? Uni.createFrom().item(Optional.empty()) : resources.find(named.get(0));
        return found.map(resource -> resource.filter(one -> one.isOpenTo(groups)
                && one.workspaceId() == account.workspaceId()).orElseThrow(() -> Problem.invalid("invalid_target",
                        "resource: the URL of one MCP server that a user group of the service account may use")));
    }
}
