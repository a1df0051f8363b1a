package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Outside.call;
import static io.gatehouse.contract.oauth.Outside.list;
import static io.gatehouse.contract.oauth.Outside.names;
import static io.gatehouse.contract.oauth.Outside.send;
import static io.gatehouse.contract.oauth.Outside.trust;
import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** Agents see the tools that they may call (C-68). */
@QuarkusTest
class ScopedListsContractDbTest {

    private static final int PER_PAGE = 250;

    @Inject
    Deployment deployment;
    @Inject
    Outside outside;

    private final FakeIssuer issuer = new FakeIssuer();

    @BeforeEach
    void publish() {
        issuer.publishes(Outside.KEY);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private Published server() {
        return outside.trusting(outside.server("http://localhost"), trust(issuer));
    }

    private String reader() {
        return outside.token(issuer, "mcp:read");
    }

    private static JsonNode result(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return Agent.json(answer.body()).path("result");
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void listsToWhomMayOnlyLookWhatOnlyLooks(Era era) {
        Published server = server();

        JsonNode some = result(list(server, reader(), era));
        JsonNode all = result(list(server, outside.token(issuer), era));
        assertEquals(List.of("find", "order"), names(list(server, outside.token(issuer), era)));
        assertEquals(1, some.path("tools").size());
        assertEquals(all.path("tools").get(0), some.path("tools").get(0));
        assertEquals(((ObjectNode) all).without("tools"), ((ObjectNode) some).without("tools"));
        assertEquals(List.of("find", "order"), names(list(server, server.token(), era)));
        assertEquals(403, call(server, reader(), era, "order").statusCode());
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void turnsPagesOfWhatIsSeen(Era era) {
        int each = PER_PAGE + 3;
        String paths = IntStream.range(0, each)
                .mapToObj("  /p%1$d: {get: {operationId: t%1$03d-find}, post: {operationId: t%1$03d-order}}%n"::formatted)
                .collect(Collectors.joining());
        Published server = outside.trusting(deployment.publish("""
                openapi: 3.0.0
                info: {title: Many, version: '1'}
                paths:
                """ + paths, "http://localhost", Map.of()), trust(issuer));

        HttpResponse<String> first = list(server, reader(), era);
        String cursor = result(first).path("nextCursor").asText();
        assertEquals(PER_PAGE, names(first).size());
        assertTrue(names(first).stream().allMatch(name -> name.endsWith("find")), first.body());
        HttpResponse<String> second = send(server, reader(), era, "tools/list", Map.of("cursor", cursor));
        assertEquals(List.of("t250-find", "t251-find", "t252-find"), names(second));
        assertTrue(result(second).path("nextCursor").isMissingNode());

        HttpResponse<String> others = send(server, outside.token(issuer), era, "tools/list", Map.of("cursor", cursor));
        assertEquals(List.of("t249-order", "t250-find"), names(others).subList(0, 2));
        String hidden = result(list(server, outside.token(issuer), era)).path("nextCursor").asText();
        HttpResponse<String> after = send(server, reader(), era, "tools/list", Map.of("cursor", hidden));
        assertEquals("t125-find", names(after).get(0));
        HttpResponse<String> none = send(server, reader(), era, "tools/list", Map.of("cursor", "%"));
        assertEquals(-32602, Agent.json(none.body()).at("/error/code").asInt(), none.body());
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void showsPromptsToEverybody(Era era) {
        Published server = server();
        outside.change(server, shown -> shown.set("prompts",
                Agent.json("[{\"name\":\"p\",\"messagesTemplate\":[{\"role\":\"user\",\"template\":\"Hi\"}]}]")))
                .statusCode(200);

        assertEquals("p", result(send(server, reader(), era, "prompts/list", Map.of())).at("/prompts/0/name").asText());
        assertEquals(200, send(server, reader(), era, "prompts/get", Map.of("name", "p")).statusCode());
    }

    @Test
    void tellsOfAToolThatComesIntoSight() {
        Published server = server();
        try (EventStream stream = Outside.agent(server, reader()).listen()) {
            assertEquals("", stream.next().data());
            assertEquals(List.of("find"), names(list(server, reader(), Era.LEGACY)));

            outside.change(server, shown -> shown.path("tools").forEach(
                    tool -> ((ObjectNode) tool).putObject("annotations").put("readOnlyHint", true))).statusCode(200);

            assertEquals("notifications/tools/list_changed", stream.nextMethod());
            assertEquals(List.of("find", "order"), names(list(server, reader(), Era.LEGACY)));
        }
    }

    /** Whatever it says of its tools. */
    @ParameterizedTest
    @CsvSource({ "LEGACY, LEGACY", "LEGACY, MODERN", "MODERN, LEGACY", "MODERN, MODERN" })
    void listsNothingOfAThirdPartyToWhomMayOnlyLook(Era client, Era spoken) {
        try (FakeUpstream upstream = new FakeUpstream(spoken)) {
            upstream.tools(tool("pay", "Pays."),
                    "{'name':'look','inputSchema':{'type':'object'},'annotations':{'readOnlyHint':true}}");
            Published proxy = outside.trusting(deployment.proxy(upstream.url(), Map.of()), trust(issuer));
            upstream.forget();

            JsonNode none = result(list(proxy, reader(), client));
            assertEquals("[]", none.path("tools").toString());
            assertEquals(client.isModern(), none.has("resultType"));
            assertTrue(upstream.asked("tools/list").isEmpty());
            assertEquals(List.of("pay", "look"),
                    names(Outside.inSession(proxy, outside.token(issuer), client, "tools/list", Map.of())));
        }
    }
}
