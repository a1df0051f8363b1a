package io.gatehouse.access.oauth;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

import io.gatehouse.access.Workspaces;
import io.gatehouse.access.clients.Administrators;
import io.gatehouse.access.people.EndUser;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.platform.PublicUrl;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The management API as a resource that people let applications use, and who comes with an access token for it. */
@Singleton
public class ManagementAccess {

    static final String METADATA = "/.well-known/oauth-protected-resource/api";

    static final String NAME = "Gatehouse management";

    private final Workspaces workspaces;
    private final Administrators administrators;
    private final AccessTokens tokens;
    private final Grants grants;
    private final String url;
    private final String challenge;

    @Inject
    ManagementAccess(Workspaces workspaces, Administrators administrators, AccessTokens tokens, Grants grants,
            PublicUrl publicUrl) {
        this.workspaces = workspaces;
        this.administrators = administrators;
        this.tokens = tokens;
        this.grants = grants;
        this.url = publicUrl.below("/api");
        this.challenge = "Bearer resource_metadata=\"" + publicUrl.below(METADATA) + '"';
    }

    /** What tells a client that is not let in where to ask (RFC 9728, section 5.1). */
    public String challenge() {
        return challenge;
    }

    String url() {
        return url;
    }

    /** Empty where something else is meant. */
    Uni<Optional<ProtectedResource>> find(URI resource) {
        return !resource.toString().equals(url) ? Uni.createFrom().item(Optional.empty())
                : workspaces.only().map(workspace -> Optional
                        .of(new ProtectedResource(workspace, null, url, NAME, false, Set.of())));
    }

    /**
     * Whether a person may use a resource now: an MCP server by their groups, and nothing else; the management by their role.
     */
    Uni<Boolean> lets(EndUser person, ProtectedResource resource) {
        return !resource.isManagement() ? Uni.createFrom().item(resource.isOpenTo(Set.copyOf(person.groupIds())))
                : administrators.know(resource.workspaceId(), person.id());
    }

    /**
     * The person that an access token stands for, with what they may manage now.
     *
     * @return null for a token that is not ours, not for this, or good no more, and for one who may not manage
     */
    public Uni<Caller> authenticate(String token, Origin origin) {
        return tokens.verify(token)
                .onItem().ifNotNull()
                .transformToUni(claims -> claims.service() == null && Scopes.parse(claims.scope()).contains(Scopes.MANAGEMENT)
                        ? grants.standing(claims.grantId())
                        : Uni.createFrom().nullItem())
                .onItem().ifNotNull().transformToUni(standing -> isForThis(standing.grant())
                        ? administrators.caller(standing.grant().workspaceId(), standing.person().id(), origin)
                        : Uni.createFrom().nullItem());
    }

    private boolean isForThis(Grant grant) {
        return grant.isForManagement() && grant.resource().equals(url);
    }
}
