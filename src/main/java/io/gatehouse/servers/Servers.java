package io.gatehouse.servers;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.gatehouse.access.Folder;
import io.gatehouse.access.Projects;
import io.gatehouse.access.oauth.Grants;
import io.gatehouse.access.tokens.IssuedToken;
import io.gatehouse.access.tokens.McpTokens;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.servers.catalogue.Catalogue;
import io.gatehouse.servers.catalogue.Icon;
import io.gatehouse.servers.catalogue.Sources;
import io.gatehouse.upstreams.Upstreams;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to MCP servers as things with a name, a place and a way in. */
@Singleton
public class Servers {

    static final String ICONS = "icons";
    static final int LONGEST_NAME = 300;
    static final int LONGEST_DESCRIPTION = 1_000;

    private final ServerRows rows;
    private final ServerStore store;
    private final ServerToolStore tools;
    private final Catalogue catalogue;
    private final Sources sources;
    private final Projects projects;
    private final McpTokens tokens;
    private final Grants grants;
    private final Upstreams upstreams;
    private final Changes changes;
    private final Clock clock;

    @Inject
    Servers(ServerRows rows, ServerStore store, ServerToolStore tools, Catalogue catalogue, Sources sources,
            Projects projects, McpTokens tokens, Grants grants, Upstreams upstreams, Changes changes, Clock clock) {
        this.rows = rows;
        this.store = store;
        this.tools = tools;
        this.catalogue = catalogue;
        this.sources = sources;
        this.projects = projects;
        this.tokens = tokens;
        this.grants = grants;
        this.upstreams = upstreams;
        this.changes = changes;
        this.clock = clock;
    }

    /** A new server without tools, which is on; one of method TOKEN gets its first token. */
    @WithTransaction
    public Uni<CreatedServer> create(Caller caller, NewServer draft) {
        return create(caller, draft, null);
    }

    /** @param upstreamId what it stands for, or null */
    Uni<CreatedServer> create(Caller caller, NewServer draft, Long upstreamId) {
        caller.require(Permission.CREATE_SERVERS);
        ServerEntity row = new ServerEntity();
        row.name = Text.required("name", draft.name(), LONGEST_NAME);
        row.description = description(draft.description());
        row.upstreamId = upstreamId;
        row.icons = draft.icons() == null ? null : icons(row, draft.icons());
        row.workspaceId = caller.workspaceId();
        row.handle = Handles.random();
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
                .chain(() -> upstreamId == null ? Uni.createFrom().voidItem() : store.refresh(row))
                .chain(() -> row.authenticationMethod == AuthenticationMethod.TOKEN
                        ? tokens.mint(row.workspaceId, row.id)
                        : Uni.createFrom().<String> nullItem())
                .call(() -> rows.created(caller, row))
                .map(token -> new CreatedServer(rows.show(row), token));
    }

    /** An empty one is none. */
    static String description(String text) {
        String description = Text.bounded("description", text, LONGEST_DESCRIPTION);
        return description == null || description.isBlank() ? null : description;
    }

    @WithSession
    public Uni<Page<Server>> list(Caller caller, ServerFilter filter, Page.Slice slice) {
        caller.require(Permission.VIEW_SERVERS);
        // No kind of tool runs as its caller yet.
        return Boolean.TRUE.equals(filter.needsUserAccess())
                ? Uni.createFrom().item(new Page<>(List.of(), false))
                : store.page(caller, filter, slice).map(page -> page.map(rows::show));
    }

    @WithSession
    public Uni<Server> get(Caller caller, ServerKey key) {
        caller.require(Permission.VIEW_SERVERS);
        return rows.find(caller, key).map(rows::show);
    }

    /** Name, place and way in; tools, prompts and the trust in an issuer outside stay as they are. */
    public Uni<Server> update(Caller caller, ServerKey key, ServerChange change) {
        return Panache.withTransaction(() -> change(caller, key, change)).call(changes::settle);
    }

    /** In the caller's transaction. */
    Uni<Server> change(Caller caller, ServerKey key, ServerChange change) {
        caller.require(Permission.EDIT_SERVERS);
        return rows.lock(caller, key).chain(row -> {
            ServerFields before = ServerFields.of(row);
            AuthenticationMethod former = row.authenticationMethod;
            row.authenticationMethod = method(caller, row, change.authenticationMethod());
            boolean closes = row.authenticationMethod != former;
            rename(row, change);
            return place(caller, row, change.folderId())
                    .chain(() -> closes ? tokens.closeAll(row.id) : Uni.createFrom().item(List.<IssuedToken> of()))
                    .call(() -> closes ? grants.endAll(row.id) : Uni.createFrom().voidItem())
                    .chain(closed -> rows.finish(caller, row, before, revoked(row, closed)))
                    .map(rows::show);
        });
    }

    private static Deed[] revoked(ServerEntity row, List<IssuedToken> closed) {
        return closed.stream().map(token -> ServerRows.deed(row, "token_revoked",
                Map.of("token", Map.of("id", token.objectId(), "name", token.name())), Map.of())).toArray(Deed[]::new);
    }

    private static void rename(ServerEntity row, ServerChange change) {
        if (change.name() != null) {
            row.name = Text.required("name", change.name(), LONGEST_NAME);
        }
        if (change.description() != null) {
            row.description = description(change.description());
        }
        if (change.icons() != null) {
            row.icons = icons(row, change.icons());
        }
    }

    private static String icons(ServerEntity row, List<Icon> icons) {
        if (row.upstreamId != null && !icons.isEmpty()) {
            throw Problem.invalidField(ICONS, ProxyTools.REFUSAL, ICONS + ": " + ProxyTools.REASON);
        }
        return Icon.write(ICONS, icons);
    }

    /** What the server shows already changes nothing, so that one which is sent back as it was read stays as it is. */
    private AuthenticationMethod method(Caller caller, ServerEntity row, AuthenticationMethod wanted) {
        if (wanted == null || wanted == rows.show(row).authenticationMethod()) {
            return row.authenticationMethod;
        }
        caller.require(Permission.MANAGE_SERVER_ACCESS);
        if (wanted == row.authenticationMethod) {
            throw Problem.invalidField("authentication_method", "external_oauth_configured",
                    "authentication_method: tokens open this server already, beside the access tokens of the issuer that "
                            + "its oauth settings name; without these settings it is a server of tokens alone");
        }
        return wanted;
    }

    private Uni<Void> place(Caller caller, ServerEntity row, Long folderId) {
        return folderId == null || folderId == row.folderId
                ? Uni.createFrom().voidItem()
                : projects.folder(caller, folderId)
                        .invoke(folder -> checkProject(folder, row))
                        .call(folder -> tools.of(row.id)
                                .chain(links -> catalogue.places(row.workspaceId, ServerToolEntity.ids(links)))
                                .invoke(assigned -> checkProject(folder, row, assigned.values())))
                        .call(folder -> sources.of(row.id).invoke(all -> checkProject(folder, row, all)))
                        .invoke(folder -> {
                            row.folderId = folder.id();
                            row.projectId = folder.projectId();
                        }).replaceWithVoid();
    }

    private static void checkProject(Folder folder, ServerEntity row) {
        if (row.upstreamId != null && folder.projectId() != row.projectId) {
            throw Problem.invalidField("folder_id", "other_project",
                    "folder_id: the folder is of another project than the server's remote MCP server");
        }
    }

    private static void checkProject(Folder folder, ServerEntity row, Collection<?> assigned) {
        if (folder.projectId() != row.projectId && !assigned.isEmpty()) {
            throw Problem.invalidField("folder_id", "other_project",
                    "folder_id: the folder is of another project than the server's tools");
        }
    }

    /** Removes the server for good, with all that hangs on it; what is recorded of it stays. */
    public Uni<Void> delete(Caller caller, ServerKey key) {
        caller.require(Permission.DELETE_SERVERS);
        return Panache.withTransaction(() -> rows.lock(caller, key)
                .chain(row -> rows.gone(caller, row, "deleted").chain(() -> purge(caller, row))))
                .call(changes::settle);
    }

    /**
     * In the caller's transaction; tokens that open nothing else go along, and what only this server stood for, or CONFLICT.
     */
    Uni<Void> purge(Caller caller, ServerEntity row) {
        return tokens.closeAll(row.id).chain(() -> store.delete(row)).chain(store::flush)
                .chain(() -> row.upstreamId == null ? Uni.createFrom().voidItem()
                        : store.count("upstreamId", row.upstreamId).chain(others -> others > 0
                                ? Uni.createFrom().voidItem()
                                : upstreams.remove(caller, row.upstreamId)));
    }

    /** A fresh main token in the place of the last, which is refused from the moment that this completes. */
    public Uni<String> renewToken(Caller caller, ServerKey key) {
        caller.require(Permission.MANAGE_SERVER_TOKENS);
        return Panache.withTransaction(() -> rows.lock(caller, key).chain(row -> {
            requireTokens(row);
            return tokens.renew(row.workspaceId, row.id)
                    .call(() -> rows.finish(caller, row, List.of(
                            ServerRows.deed(row, "token_renewed", Map.of(), Map.of()))));
        })).call(changes::settle);
    }

    /** @throws Problem INVALID when the server is not accessed by tokens */
    static void requireTokens(ServerEntity row) {
        if (row.authenticationMethod != AuthenticationMethod.TOKEN) {
            throw Problem.invalid("token_access_not_enabled", "This server is not accessed by tokens");
        }
    }
}
