package io.gatehouse.servers;

import java.time.Clock;
import java.util.List;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.access.Projects;
import io.gatehouse.access.tokens.McpTokens;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to MCP servers. */
@Singleton
public class Servers {

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_DESCRIPTION = 1_000;

    private final ServerStore store;
    private final Projects projects;
    private final McpTokens tokens;
    private final Changes changes;
    private final Clock clock;
    private final String publicUrl;

    @Inject
    Servers(ServerStore store, Projects projects, McpTokens tokens, Changes changes, Clock clock,
            @ConfigProperty(name = "gatehouse.public-url") String publicUrl) {
        this.store = store;
        this.projects = projects;
        this.tokens = tokens;
        this.changes = changes;
        this.clock = clock;
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    /** A new server without tools; one of method TOKEN gets its first token. */
    @WithTransaction
    public Uni<CreatedServer> create(Caller caller, NewServer draft) {
        caller.require(Permission.CREATE_SERVERS);
        ServerEntity row = new ServerEntity();
        row.name = Text.required("name", draft.name(), LONGEST_NAME);
        row.description = Text.bounded("description", draft.description(), LONGEST_DESCRIPTION);
        row.workspaceId = caller.workspaceId();
        row.handle = Handles.newHandle();
        row.relativeUri = "/" + row.handle;
        row.enabled = true;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        row.objectId = ObjectId.create(row.createdAt);
        row.authenticationMethod = draft.authenticationMethod();
        return projects.folder(caller, draft.folderId())
                .invoke(folder -> {
                    row.folderId = folder.id();
                    row.projectId = folder.projectId();
                })
                .chain(() -> store.persistAndFlush(row))
                .chain(() -> row.authenticationMethod == AuthenticationMethod.TOKEN
                        ? tokens.mint(row.workspaceId, row.id)
                        : Uni.createFrom().<String> nullItem())
                .call(() -> changes.announce(PlanSource.topic(row.handle)))
                .map(token -> new CreatedServer(server(row), token));
    }

    @WithSession
    public Uni<Page<Server>> list(Caller caller, ServerFilter filter, Page.Slice slice) {
        caller.require(Permission.VIEW_SERVERS);
        // No kind of tool runs as its caller yet.
        return Boolean.TRUE.equals(filter.needsUserAccess())
                ? Uni.createFrom().item(new Page<>(List.of(), false))
                : store.page(caller.workspaceId(), filter, slice).map(page -> page.map(this::server));
    }

    @WithSession
    public Uni<Server> get(Caller caller, String handle) {
        caller.require(Permission.VIEW_SERVERS);
        return row(caller, handle).map(this::server);
    }

    /** A fresh token in the place of all others, which are refused from the moment that this completes. */
    public Uni<String> renewToken(Caller caller, String handle) {
        caller.require(Permission.MANAGE_SERVER_ACCESS);
        return Panache.withTransaction(() -> lock(caller, handle).chain(row -> {
            if (row.authenticationMethod != AuthenticationMethod.TOKEN) {
                throw Problem.invalid("token_access_not_enabled", "This server is not accessed by tokens");
            }
            return tokens.renew(row.workspaceId, row.id).call(() -> changes.announce(PlanSource.topic(handle)));
        })).call(changes::settle);
    }

    /** In the caller's session. */
    Uni<ServerEntity> row(Caller caller, String handle) {
        return store.byHandle(caller.workspaceId(), Handles.checked(handle)).onItem().ifNull()
                .failWith(() -> Problem.notFound("MCP server"));
    }

    /** The same, held until the caller's transaction ends, so that writers of one server follow one another. */
    Uni<ServerEntity> lock(Caller caller, String handle) {
        return store.lock(caller.workspaceId(), Handles.checked(handle)).onItem().ifNull()
                .failWith(() -> Problem.notFound("MCP server"));
    }

    private Server server(ServerEntity row) {
        return new Server(row.id, row.objectId, row.handle, row.name, row.description, row.projectId, row.folderId,
                row.authenticationMethod, publicUrl + "/mcp/" + row.handle, row.createdAt, row.updatedAt);
    }
}
