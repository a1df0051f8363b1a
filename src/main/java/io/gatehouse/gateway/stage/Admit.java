package io.gatehouse.gateway.stage;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Hosts;
import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.Origins;
import io.gatehouse.kernel.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Keeps foreign web pages out: a request that names an origin must name one of ours (MCP, Streamable HTTP, security), and
 * the host that it is for must be ours too.
 */
@Singleton
public class Admit {

    private final Origins origins;
    private final Hosts hosts;

    @Inject
    Admit(Origins origins, Hosts hosts) {
        this.origins = origins;
        this.hosts = hosts;
    }

    /** @throws Problem FORBIDDEN */
    public void check(Located located) {
        Arrival arrival = located.arrival();
        if (!hosts.allow(arrival.host())) {
            throw Problem.forbidden("Not the host " + arrival.host() + "; gatehouse.allowed-hosts can allow it");
        }
        String origin = arrival.header("Origin");
        if (origin != null && !origins.allow(origin)) {
            throw Problem.forbidden("The origin " + origin + " is not allowed; gatehouse.allowed-origins can allow it");
        }
    }
}
