package io.gatehouse.upstreams;

import java.util.List;

import io.gatehouse.connections.ConnectionUse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells which third-party MCP servers are shown the credential of a connection. */
@Singleton
class RegistrationUse implements ConnectionUse {

    private final UpstreamStore upstreams;

    @Inject
    RegistrationUse(UpstreamStore upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public Uni<List<User>> of(long connectionId) {
        return upstreams.list("connectionId = ?1 order by id", connectionId).map(rows -> rows.stream()
                .map(row -> new User("the remote MCP server \"" + row.name + "\"", row.projectId)).toList());
    }
}
