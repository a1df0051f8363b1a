package io.gatehouse.gateway.stage;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.protocol.PublishedServers;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PlanSource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Finds the server that a request is for. */
@Singleton
public class Locate {

    private final PublishedServers servers;

    @Inject
    Locate(PublishedServers servers) {
        this.servers = servers;
    }

    /** Fails with NOT_FOUND where there is no such server. */
    public Uni<Located> find(Arrival arrival) {
        if (!PlanSource.isHandle(arrival.handle())) {
            return Uni.createFrom().failure(Locate::notFound);
        }
        return servers.find(arrival.handle())
                .map(answer -> new Located(arrival, answer.server().orElseThrow(Locate::notFound)))
                .invoke(located -> arrival.observation().located(located));
    }

    private static Problem notFound() {
        return Problem.notFound("MCP server");
    }
}
