package io.gatehouse.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

import io.vertx.core.http.HttpMethod;

/** Everything that is compared: the upstream, the bare proxy before it, and Gatehouse with its servers. */
final class Subjects implements AutoCloseable {

    private static final Map<String, String> AS_GATEHOUSE = Map.of("X-Key", Document.KEY, "Accept",
            "application/json, */*;q=0.8", "User-Agent", "Gatehouse");

    private final BareProcess upstream;
    private final BareProcess proxy;
    private final Gatehouse gatehouse;
    private final Load load;

    Subjects(Load load) throws Exception {
        this.load = load;
        upstream = new BareProcess(Upstream.class);
        proxy = new BareProcess(ReverseProxy.class, Integer.toString(upstream.port()));
        gatehouse = new Gatehouse();
    }

    List<Operation> operations() {
        URI composed = gatehouse.composed(upstream.port());
        Call given = Call.list(upstream.port(), "/given");
        Call list = gatehouse.through(composed, given);
        load.first(new Call(HttpMethod.PUT, upstream.port(), "/given", Map.of(), load.first(list)));
        URI proxied = gatehouse.proxied(upstream.port(), "/mcp");
        Call listed = Call.list(upstream.port(), "/mcp");
        Call called = Call.tool(upstream.port(), "/mcp");
        return List.of(compared(Operation.LIST_COMPOSED, given, list),
                compared(Operation.CALL_COMPOSED, Call.get(upstream.port(), Document.CALLED_URI, AS_GATEHOUSE),
                        gatehouse.through(composed, called)),
                compared(Operation.LIST_PROXIED, listed, gatehouse.through(proxied, listed)),
                compared(Operation.CALL_PROXIED, called, gatehouse.through(proxied, called)));
    }

    private Operation compared(String name, Call direct, Call through) {
        return new Operation(name, List.of(new Contender(Contender.DIRECT, upstream.handle(), direct),
                new Contender(Contender.PROXY, proxy.handle(), direct.at(proxy.port())), gatehouse.contender(through)));
    }

    @Override
    public void close() throws IOException {
        gatehouse.close();
        proxy.close();
        upstream.close();
    }
}
