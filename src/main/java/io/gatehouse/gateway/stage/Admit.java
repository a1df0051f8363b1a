package io.gatehouse.gateway.stage;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.ClientAddress;
import io.gatehouse.gateway.Hosts;
import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.Origins;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.AddressRules;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Keeps foreign web pages out: a request that names an origin must name one of ours (MCP, Streamable HTTP, security), and
 * the host that it is for must be ours too. And it must come from where the server's policy lets it come from.
 */
@Singleton
public class Admit {

    private final Origins origins;
    private final Hosts hosts;
    private final ClientAddress addresses;

    @Inject
    Admit(Origins origins, Hosts hosts, ClientAddress addresses) {
        this.origins = origins;
        this.hosts = hosts;
        this.addresses = addresses;
    }

    /** @throws Problem FORBIDDEN */
    public void check(Located located) {
        Arrival arrival = located.arrival();
        String address = addresses.of(arrival);
        arrival.observation().address(address);
        if (!hosts.allow(arrival.host())) {
            throw Problem.forbidden("Not the host " + arrival.host() + "; gatehouse.allowed-hosts can allow it");
        }
        String origin = arrival.header("Origin");
        if (origin != null && !origins.allow(origin)) {
            throw Problem.forbidden("The origin " + origin + " is not allowed; gatehouse.allowed-origins can allow it");
        }
        AddressRules rules = located.server().addresses();
        String refusing = rules == null ? null : rules.refusing(address);
        if (refusing != null) {
            arrival.observation().refuse(refusing);
            throw Problem.forbidden("This MCP server is not open to your address"
                    + (address == null ? "" : ", " + address));
        }
    }
}
