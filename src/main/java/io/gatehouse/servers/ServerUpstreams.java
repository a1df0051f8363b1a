package io.gatehouse.servers;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.gatehouse.access.Folder;
import io.gatehouse.access.Projects;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Faults;
import io.gatehouse.upstreams.Registrations.Dependent;
import io.gatehouse.upstreams.Registrations.StandIns;
import io.gatehouse.upstreams.Upstreams;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * What whole servers stand for, in the words of the request that they came in; and which servers stand for something.
 * Works in the caller's session.
 */
@Singleton
class ServerUpstreams implements StandIns {

    private static final String FIELD = "_connectionId";

    private final ServerStore servers;
    private final Upstreams upstreams;
    private final Projects projects;

    @Inject
    ServerUpstreams(ServerStore servers, Upstreams upstreams, Projects projects) {
        this.servers = servers;
        this.upstreams = upstreams;
        this.projects = projects;
    }

    /** Puts on a new row what the draft names, and the project of that. */
    Uni<Void> name(Caller caller, ServerEntity row, ServerDraft draft, Faults faults) {
        return draft.upstreamId() == null ? Uni.createFrom().voidItem()
                : upstreams.pinned(caller, draft.upstreamId()).invoke(upstream -> {
                    if (upstream == null) {
                        faults.add(FIELD, "invalid_ref", FIELD + ": no such connection of type mcp");
                    } else {
                        row.upstreamId = upstream.id();
                        row.projectId = upstream.projectId();
                    }
                }).replaceWithVoid();
    }

    /** A server and what it stands for are of one project. */
    Uni<Folder> place(ServerEntity row, Folder home) {
        return row.upstreamId == null || row.projectId == home.projectId() ? Uni.createFrom().item(home)
                : projects.ownFolders(List.of(row.projectId)).map(folders -> folders.get(row.projectId));
    }

    /** A server stands for what it was made for. */
    Uni<Void> check(Caller caller, ServerEntity row, ServerDraft draft, Faults faults) {
        return draft.upstreamId() == null ? Uni.createFrom().voidItem() : of(caller, List.of(row)).invoke(now -> {
            if (row.upstreamId == null || !draft.upstreamId().equals(now.get(row.upstreamId))) {
                faults.add(FIELD, "read_only", FIELD + ": a server stands for what it was made for");
            }
        }).replaceWithVoid();
    }

    /** The object ids of what these servers stand for, by id. */
    Uni<Map<Long, String>> of(Caller caller, Collection<ServerEntity> rows) {
        return upstreams.objectIds(caller,
                rows.stream().map(row -> row.upstreamId).filter(Objects::nonNull).distinct().toList());
    }

    /** Those in the recycle bin among them, for they can come back. */
    @Override
    public Uni<List<Dependent>> of(long upstreamId) {
        return servers.list("upstreamId = ?1 order by id", upstreamId).map(rows -> rows.stream()
                .map(ServerEntity::toDependent).toList());
    }
}
