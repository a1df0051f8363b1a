package io.gatehouse.contract.mcp;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.FakeUpstream.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** A call is followed from the agent to what is behind Gatehouse by one id, the agent's own if it is sane. // P-27 */
@QuarkusTest
class CorrelationContractDbTest {

    private static final String ID = "X-Request-Id";
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String DOCUMENT = """
            openapi: 3.0.0
            info: {title: Followed, version: '1'}
            paths:
              /a:
                get:
                  operationId: follow
                  parameters:
                    - {name: x-request-id, in: header, schema: {type: string}}
                    - {name: X-Other, in: header, schema: {type: string}}
            """;

    @Inject
    Deployment deployment;
    @Inject
    Composition composition;

    private static HttpResponse<String> call(Agent agent, Era era, String id, Map<String, ?> params) {
        HttpRequest request = era.isModern() ? agent.modern(1, "tools/call", params) : agent.legacy(1, "tools/call", params);
        HttpRequest.Builder with = HttpRequest.newBuilder(request, (name, value) -> true).header("traceparent", PARENT);
        HttpResponse<String> response = agent.send((id == null ? with : with.header(ID, id)).build()).join();
        assertEquals(200, response.statusCode(), response::body);
        return response;
    }

    @ParameterizedTest
    @CsvSource({ "MODERN,abc-1.2_3,true", "LEGACY,abc-1.2_3,true", "MODERN,two words,false", "LEGACY,,false" })
    void anApiIsTold(Era era, String id, boolean isKept) {
        try (BackEnd backEnd = new BackEnd()) {
            JsonPath collection = deployment.importDocument(DOCUMENT);
            deployment.connect(collection.getInt("id"), backEnd.url(), Map.of());
            Published server = deployment.createServer();
            deployment.assign(server, collection.getList("import_report.tools.id"));
            JsonNode listed = Agent.json(server.agent().send(server.agent().legacy(1, "tools/list", Map.of())).join().body());
            String own = listed.at("/result/tools/0/inputSchema/properties").fieldNames().next();

            HttpResponse<String> response = call(server.agent(), era, id,
                    Map.of("name", "follow", "arguments", Map.of(own, "smuggled", "X-Other", "passes")));

            BackEnd.Request request = backEnd.take();
            String told = response.headers().firstValue(ID).orElseThrow();
            assertEquals(List.of(told), request.headers().getAll(ID));
            assertEquals(isKept, told.equals(id));
            assertEquals("passes", request.headers().get("X-Other"));
            assertNull(request.headers().get("traceparent"));
        }
    }

    @ParameterizedTest
    @CsvSource({ "MODERN,MODERN", "LEGACY,MODERN", "MODERN,LEGACY", "LEGACY,LEGACY" })
    void anotherServerIsTold(Era era, Era upstreams) {
        try (FakeUpstream upstream = new FakeUpstream(upstreams).tools(tool("find", "Finds."))) {
            Published proxy = deployment.proxy(upstream.url(), Map.of());
            Published composed = deployment.createServer();
            composition.assignWhole(composed, composition.whole(proxy, "p_")).statusCode(200);
            if (era.isModern() || upstreams.isModern()) {
                isTold(upstream, proxy.agent(), era, "find");
            }
            isTold(upstream, composed.agent(), era, "p_find");
        }
    }

    private static void isTold(FakeUpstream upstream, Agent agent, Era era, String tool) {
        upstream.forget();
        call(agent, era, "one", Map.of("name", tool, "arguments", Map.of(), "_meta", Map.of("traceparent", PARENT)));
        Request request = upstream.take();
        while (!request.body().path("method").asText().equals("tools/call")) {
            request = upstream.take();
        }
        assertEquals(List.of("one"), request.headers().getAll(ID));
        assertNull(request.headers().get("traceparent"));
        assertEquals(PARENT, request.body().at("/params/_meta/traceparent").asText());
    }

    @Test
    void anIdThatIsMadeUpIsOfOneRequest() {
        try (FakeUpstream upstream = new FakeUpstream(Era.MODERN).tools(tool("find", "Finds."))) {
            Agent agent = deployment.proxy(upstream.url(), Map.of()).agent();
            Map<String, ?> params = Map.of("name", "find", "arguments", Map.of());

            String first = call(agent, Era.MODERN, null, params).headers().firstValue(ID).orElseThrow();
            String second = call(agent, Era.MODERN, null, params).headers().firstValue(ID).orElseThrow();

            assertTrue(!first.equals(second));
        }
    }
}
