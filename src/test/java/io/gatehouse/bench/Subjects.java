package io.gatehouse.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.packaged.Installation;
import io.gatehouse.testing.Wire.Answer;
import io.vertx.core.http.HttpMethod;

/** Everything that is measured: the upstream, the bare proxy before it, and Gatehouse with its servers, as it comes. */
final class Subjects implements AutoCloseable {

    private static final String SERVERS = "/api/mcp/mcp_servers";
    private static final String LIST = "tools/list";
    private static final String CALL = "tools/call";
    private static final String CALL_PARAMS = "{\"name\":\"" + Document.CALLED + "\",\"arguments\":" + Document.ARGUMENTS
            + "}";
    private static final Map<String, String> AS_GATEHOUSE = Map.of("X-Key", Document.KEY, "Accept",
            "application/json, */*;q=0.8", "User-Agent", "Gatehouse");

    private final BareProcess upstream;
    private final BareProcess proxy;
    private final Installation gatehouse;
    private final Load load;

    Subjects(Load load) throws Exception {
        this.load = load;
        upstream = new BareProcess(Upstream.class);
        proxy = new BareProcess(ReverseProxy.class, Integer.toString(upstream.port()));
        gatehouse = new Installation(Map.of("JAVA_TOOL_OPTIONS", String.join(" ", Settings.javaOptions())));
    }

    ProcessHandle gatehouse() {
        return gatehouse.process();
    }

    /** What this Gatehouse can do of it; says what it can't. */
    List<Operation> operations() {
        int folder = gatehouse.get("/api/folders").json().at("/items/0/id").asInt();
        List<Operation> operations = new ArrayList<>();
        URI composed = composed(folder);
        Call list = through(composed, LIST, "{}", null);
        Call direct = Call.mcp(upstream.port(), "/given", LIST, "{}", null);
        load.first(new Call(HttpMethod.PUT, upstream.port(), "/given", Map.of(), load.first(list)));
        operations.add(compared(Operation.LIST_COMPOSED, direct, list));
        operations.add(compared(Operation.CALL_COMPOSED, Call.get(upstream.port(), Document.CALLED_URI, AS_GATEHOUSE),
                through(composed, CALL, CALL_PARAMS, Document.CALLED)));
        Answer answer = gatehouse.send("POST", SERVERS + "?view=full",
                Map.of("name", "Proxied", "folder_id", folder, "server_type", "proxy",
                        "remote", Map.of("url", "http://127.0.0.1:" + upstream.port() + "/mcp")));
        JsonNode made = answer.json();
        if (answer.status() != 200 || !made.path("server_type").asText().equals("proxy")) {
            System.out.println(
                    "No proxied rows: this Gatehouse makes no proxy servers (" + answer.status() + " " + answer.text() + ")");
            return operations;
        }
        URI proxied = URI.create(made.path("mcp_url").asText());
        operations.add(compared(Operation.LIST_PROXIED, Call.mcp(upstream.port(), "/mcp", LIST, "{}", null),
                through(proxied, LIST, "{}", null)));
        operations.add(compared(Operation.CALL_PROXIED,
                Call.mcp(upstream.port(), "/mcp", CALL, CALL_PARAMS, Document.CALLED),
                through(proxied, CALL, CALL_PARAMS, Document.CALLED)));
        return operations;
    }

    private Operation compared(String name, Call direct, Call through) {
        return new Operation(name, List.of(new Contender(Contender.DIRECT, upstream.handle(), direct),
                new Contender(Contender.PROXY, proxy.handle(), direct.at(proxy.port())),
                new Contender(Contender.GATEHOUSE, gatehouse.process(), through)));
    }

    /** A server with all the document's operations; its {@code mcp_url}. */
    private URI composed(int folder) {
        JsonNode collection = gatehouse.made("POST", "/api/api_collections",
                Map.of("name", "Things", "project_id", gatehouse.get("/api/projects").json().at("/items/0/id").asInt(),
                        "openapi_spec", Map.of("content", Document.openapi(), "format", "json")));
        gatehouse.made("POST", "/api/connections", Map.of("name", "Things", "api_collection_id", collection.path("id").asInt(),
                "base_url", "http://127.0.0.1:" + upstream.port() + "/api", "input", Map.of("api_key", Document.KEY)));
        JsonNode server = gatehouse.made("POST", SERVERS, Map.of("name", "Composed", "folder_id", folder));
        List<Map<String, String>> tools = new ArrayList<>();
        collection.at("/import_report/tools").forEach(
                tool -> tools.add(Map.of("trigger_application", "workato_api_platform", "id", tool.path("id").asText())));
        gatehouse.made("POST", SERVERS + "/" + server.path("handle").asText() + "/assign_tools", Map.of("tools", tools));
        return URI.create(server.path("mcp_url").asText());
    }

    private Call through(URI mcpUrl, String method, String params, String tool) {
        Call call = Call.mcp(URI.create(gatehouse.url()).getPort(), mcpUrl.getPath(), method, params, tool);
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.put("Authorization", "Bearer " + mcpUrl.getQuery().substring("token=".length()));
        return new Call(call.method(), call.port(), call.uri(), headers, call.body());
    }

    @Override
    public void close() throws IOException {
        gatehouse.close();
        proxy.close();
        upstream.close();
    }
}
