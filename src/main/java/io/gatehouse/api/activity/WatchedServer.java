package io.gatehouse.api.activity;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.gatehouse.api.Current;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerLogs;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

/** Looks for the server before its events begin to be streamed. */
public class WatchedServer {

    private final ServerLogs logs;
    private final Current current;

    @Inject
    WatchedServer(ServerLogs logs, Current current) {
        this.logs = logs;
        this.current = current;
    }

    @Watched
    @ServerRequestFilter
    public Uni<Response> check(ContainerRequestContext request) {
        String handle = request.getUriInfo().getPathParameters().getFirst("handle");
        return logs.check(current.caller(), ServerKey.handle(handle)).map(may -> null);
    }
}
