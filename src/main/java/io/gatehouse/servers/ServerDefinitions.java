package io.gatehouse.servers;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.gatehouse.access.Projects;
import io.gatehouse.access.Workspaces;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.prompts.Prompt;
import io.gatehouse.prompts.Prompts;
import io.gatehouse.servers.catalogue.Icon;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to MCP servers as wholes: with their tools, prompts and trust in an issuer outside. */
@Singleton
public class ServerDefinitions {

    private final ServerRows rows;
    private final ServerStore store;
    private final DraftRules rules;
    private final ServerLinks links;
    private final Prompts prompts;
    private final OAuthConfig oauth;
    private final Projects projects;
    private final Workspaces workspaces;
    private final ServerUpstreams upstreams;
    private final Changes changes;
    private final Clock clock;

    @Inject
    ServerDefinitions(ServerRows rows, ServerStore store, DraftRules rules, ServerLinks links, Prompts prompts,
            OAuthConfig oauth, Projects projects, Workspaces workspaces, ServerUpstreams upstreams, Changes changes,
            Clock clock) {
        this.rows = rows;
        this.store = store;
        this.rules = rules;
        this.links = links;
        this.prompts = prompts;
        this.oauth = oauth;
        this.projects = projects;
        this.workspaces = workspaces;
        this.upstreams = upstreams;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * A new server, in the folder that the deployment has chosen for those that come without one.
     *
     * @param faults what is wrong with the request already; all of it fails as one INVALID
     */
    public Uni<ServerDefinition> create(Caller caller, ServerDraft draft, Faults faults) {
        caller.require(Permission.CREATE_SERVERS);
        if (draft.oauth() != null) {
            caller.require(Permission.MANAGE_SERVER_ACCESS);
        }
        return Panache.withTransaction(() -> make(caller, draft, faults)).call(changes::settle);
    }

    private Uni<ServerDefinition> make(Caller caller, ServerDraft draft, Faults faults) {
        ServerEntity row = new ServerEntity();
        row.workspaceId = caller.workspaceId();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        row.objectId = ObjectId.create(row.createdAt);
        row.authenticationMethod = AuthenticationMethod.TOKEN;
        return upstreams.name(caller, row, draft, faults).chain(() -> rules.check(caller, row, draft, faults))
                .chain(tools -> place(caller, row)
                        .invoke(() -> {
                            row.handle = Handles.from(draft.relativeUri());
                            write(row, draft);
                        })
                        .chain(() -> store.persistAndFlush(row))
                        .chain(() -> rows.created(caller, row))
                        .chain(() -> links.replace(caller, row, draft.tools(), tools))
                        .chain(() -> replacePrompts(caller, row, draft.prompts()))
                        .chain(() -> show(caller, row)));
    }

    private Uni<Void> place(Caller caller, ServerEntity row) {
        return projects.home(caller).chain(home -> upstreams.place(row, home)).invoke(folder -> {
            row.folderId = folder.id();
            row.projectId = folder.projectId();
        }).replaceWithVoid();
    }

    private void write(ServerEntity row, ServerDraft draft) {
        row.name = draft.name().strip();
        row.description = Servers.description(draft.description());
        if (draft.icons() != null) {
            row.icons = Icon.write(Servers.ICONS, draft.icons());
        }
        row.relativeUri = draft.relativeUri();
        row.enabled = draft.enabled();
        row.needsTools = draft.enabled() && row.upstreamId == null;
        oauth.write(row, draft.oauth());
    }

    /** All of a server anew; its place, groups, policies, tokens and its own words for tools that stay are kept. */
    public Uni<ServerDefinition> replace(Caller caller, ServerKey key, ServerDraft draft, Faults faults) {
        caller.require(Permission.EDIT_SERVERS);
        return Panache.withTransaction(() -> rows.lock(caller, key)
                .call(row -> upstreams.check(caller, row, draft, faults))
                .chain(row -> rules.check(caller, row, draft, faults).chain(tools -> {
                    ServerFields before = ServerFields.of(row);
                    write(row, draft);
                    if (before.hasOtherAccessThan(row)) {
                        caller.require(Permission.MANAGE_SERVER_ACCESS);
                    }
                    return links.replace(caller, row, draft.tools(), tools)
                            .chain(() -> replacePrompts(caller, row, draft.prompts()))
                            .chain(() -> rows.finish(caller, row, before))
                            .chain(() -> show(caller, row));
                }))).call(changes::settle);
    }

    private Uni<Void> replacePrompts(Caller caller, ServerEntity row, List<Prompt> wanted) {
        return prompts.of(row.id).chain(present -> present.equals(wanted) ? Uni.createFrom().voidItem()
                : prompts.replace(row.id, wanted).chain(() -> rows.note(caller, List.of(ServerRows.deed(row,
                        "prompts_changed", Map.of("prompts", present), Map.of("prompts", wanted))))));
    }

    /** Name and switch only. */
    public Uni<Void> patch(Caller caller, ServerKey key, ServerChange change, Faults faults) {
        caller.require(Permission.OPERATE_SERVERS);
        if (change.name() != null) {
            caller.require(Permission.EDIT_SERVERS);
        }
        return Panache.withTransaction(() -> rows.lock(caller, key)
                .chain(row -> links.hasEnabled(row.id).chain(hasEnabled -> {
                    ServerFields before = ServerFields.of(row);
                    rules.checkPatch(change, hasEnabled || row.upstreamId != null, faults);
                    faults.raise();
                    if (change.name() != null) {
                        row.name = change.name().strip();
                    }
                    if (change.enabled() != null) {
                        row.enabled = change.enabled();
                        row.needsTools = row.enabled && row.upstreamId == null;
                    }
                    return rows.finish(caller, row, before);
                }))).call(changes::settle).replaceWithVoid();
    }

    @WithSession
    public Uni<ServerDefinition> get(Caller caller, ServerKey key) {
        caller.require(Permission.VIEW_SERVERS);
        return rows.find(caller, key).chain(row -> show(caller, row));
    }

    /** By age. */
    @WithSession
    public Uni<Page<ServerDefinition>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_SERVERS);
        return store.page(caller, ServerFilter.NONE, slice).chain(page -> show(caller, page));
    }

    Uni<ServerDefinition> show(Caller caller, ServerEntity row) {
        return show(caller, new Page<>(List.of(row), false)).map(page -> page.items().get(0));
    }

    Uni<Page<ServerDefinition>> show(Caller caller, Page<ServerEntity> page) {
        List<Long> ids = page.items().stream().map(row -> row.id).toList();
        return workspaces.of(caller).chain(owner -> upstreams.of(caller, page.items()).chain(remotes -> links
                .of(page.items()).chain(tools -> prompts.of(ids)
                        .map(all -> page.map(row -> new ServerDefinition(rows.show(row), owner.objectId(),
                                tools.getOrDefault(row.id, List.of()), all.getOrDefault(row.id, List.of()),
                                row.upstreamId == null ? null : remotes.get(row.upstreamId)))))));
    }
}
