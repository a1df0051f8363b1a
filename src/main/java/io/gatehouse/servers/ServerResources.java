package io.gatehouse.servers;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.gatehouse.access.oauth.ProtectedResource;
import io.gatehouse.access.oauth.ProtectedResources;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.platform.PublicUrl;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The servers that identity opens, as the authorization server sees them. */
@Singleton
public class ServerResources implements ProtectedResources {

    private final ServerStore store;
    private final String prefix;

    @Inject
    ServerResources(ServerStore store, PublicUrl publicUrl) {
        this.store = store;
        this.prefix = publicUrl.below("/mcp/");
    }

    @Override
    @WithSession
    public Uni<Optional<ProtectedResource>> find(URI resource) {
        String url = resource.toString();
        if (!url.startsWith(prefix) || !PlanSource.isHandle(url.substring(prefix.length()))) {
            return Uni.createFrom().item(Optional.empty());
        }
        return store.byPath(url.substring(prefix.length())).chain(row -> described(row, url));
    }

    @Override
    @WithSession
    public Uni<Optional<ProtectedResource>> only() {
        return store.openToPeople().chain(this::single);
    }

    @Override
    @WithSession
    public Uni<Optional<ProtectedResource>> only(Set<Long> groups) {
        return store.openTo(groups).chain(this::single);
    }

    @Override
    @WithSession
    public Uni<Map<Long, Named>> named(Collection<Long> serverIds) {
        return store.list("id in ?1", serverIds)
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.id, row -> new Named(row.handle, row.name))));
    }

    private Uni<Optional<ProtectedResource>> single(List<ServerEntity> rows) {
        return rows.size() == 1 ? described(rows.get(0), prefix + rows.get(0).handle)
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Optional<ProtectedResource>> described(ServerEntity row, String url) {
        if (row == null || !row.enabled || row.oauth != null || row.authenticationMethod == AuthenticationMethod.TOKEN) {
            return Uni.createFrom().item(Optional.empty());
        }
        return store.groups(row.id).map((List<Long> groups) -> Optional.of(new ProtectedResource(row.workspaceId, row.id, url,
                row.name, row.authenticationMethod == AuthenticationMethod.SSO, Set.copyOf(groups))));
    }
}
