package io.gatehouse.servers;

import java.util.List;

import io.gatehouse.access.Projects;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.upstreams.Checkups;
import io.gatehouse.upstreams.Registration;
import io.gatehouse.upstreams.ToolChange;
import io.gatehouse.upstreams.UpstreamDraft;
import io.gatehouse.upstreams.UpstreamTools;
import io.gatehouse.upstreams.Upstreams;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to servers that stand for a third-party one. */
@Singleton
public class ProxyServers {

    private final Servers servers;
    private final ServerRows rows;
    private final Projects projects;
    private final Upstreams upstreams;
    private final UpstreamTools tools;
    private final Checkups checkups;
    private final Changes changes;

    @Inject
    ProxyServers(Servers servers, ServerRows rows, Projects projects, Upstreams upstreams, UpstreamTools tools,
            Checkups checkups, Changes changes) {
        this.servers = servers;
        this.rows = rows;
        this.projects = projects;
        this.upstreams = upstreams;
        this.tools = tools;
        this.checkups = checkups;
        this.changes = changes;
    }

    /** A new server for a new upstream, which is asked for its tools first. */
    public Uni<CreatedServer> create(Caller caller, NewServer draft, UpstreamDraft remote) {
        caller.require(Permission.CREATE_SERVERS);
        String name = Text.required("name", draft.name(), Servers.LONGEST_NAME);
        return Panache.withSession(() -> projects.folder(caller, draft.folderId()))
                .chain(folder -> upstreams.register(caller, folder.projectId(), name, remote,
                        id -> servers.create(caller, draft, id)));
    }

    /** A new server for an upstream that another server of the project stands for already. */
    public Uni<CreatedServer> share(Caller caller, NewServer draft, String upstreamId) {
        caller.require(Permission.CREATE_SERVERS);
        return Panache.withTransaction(() -> projects.folder(caller, draft.folderId())
                .chain(folder -> upstreams.named(caller, folder.projectId(), upstreamId))
                .chain(id -> servers.create(caller, draft, id)));
    }

    /** Changes the server, and the upstream for every server that stands for it. */
    public Uni<Server> update(Caller caller, ServerKey key, ServerChange change, UpstreamDraft remote) {
        caller.require(Permission.EDIT_SERVERS);
        return Panache.withSession(() -> rows.find(caller, key))
                .invoke(ProxyServers::require)
                .chain(row -> upstreams.change(caller, row.upstreamId, remote,
                        () -> servers.change(caller, key, change)))
                .call(changes::settle);
    }

    /** Looks how the upstream is, and what tools it has now. */
    public Uni<Registration> refresh(Caller caller, ServerKey key) {
        caller.require(Permission.OPERATE_SERVERS);
        return Panache.withSession(() -> rows.find(caller, key)).invoke(ProxyServers::require)
                .chain(row -> checkups.refresh(caller, row.upstreamId));
    }

    /** The tools that are not as they were approved, the latest change last. */
    @WithSession
    public Uni<Page<ToolChange>> changes(Caller caller, ServerKey key, Page.Slice slice) {
        caller.require(Permission.VIEW_SERVERS);
        return rows.find(caller, key).invoke(ProxyServers::require)
                .chain(row -> tools.changes(row.upstreamId, slice));
    }

    /** @param digest of what is approved; null for a tool's being gone */
    public Uni<Void> approve(Caller caller, ServerKey key, long toolId, String digest) {
        caller.require(Permission.OPERATE_SERVERS);
        return Panache.withTransaction(() -> rows.lock(caller, key).invoke(ProxyServers::require)
                .chain(row -> tools.approve(caller, row.upstreamId, toolId, digest)
                        .chain(() -> rows.finish(caller, row, List.of()))))
                .call(changes::settle).replaceWithVoid();
    }

    /** @throws Problem INVALID for a server that stands for nothing */
    static void require(ServerEntity row) {
        if (row.upstreamId == null) {
            throw Problem.invalidField("remote", "not_a_proxy", "remote: this server is not of server_type proxy");
        }
    }
}
