package io.gatehouse.contract.mcp;

import static io.gatehouse.contract.mcp.Composition.exact;
import static io.gatehouse.contract.mcp.Composition.list;
import static io.gatehouse.contract.mcp.Composition.send;
import static io.gatehouse.testing.FakeUpstream.tool;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.contract.mcp.BothDialects.Target;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** Pictures of servers and their tools (MCP 2025-11-25 and 2026-07-28, icons). */
@QuarkusTest
class IconsContractDbTest {

    private static final String WEB = "[{'src':'https://example.com/a.png','mimeType':'image/png','sizes':['48x48'],"
            + "'theme':'dark'}]";
    private static final String DATA = "[{'src':'data:image/svg+xml;base64,PHN2Zy8+','sizes':['any']}]";
    private static final String OWN = "[{\"src\":\"https://upstream.example.com/own.png\"}]";

    @Inject
    Deployment deployment;
    @Inject
    BothDialects dialects;
    @Inject
    Composition composition;

    private BackEnd backEnd;
    private FakeUpstream upstream;

    @BeforeEach
    void start() {
        backEnd = new BackEnd();
        upstream = new FakeUpstream(Era.MODERN)
                .tools(tool("find", "Finds.").replaceFirst("\\{", "{\"icons\":" + OWN + ","));
    }

    @AfterEach
    void stop() {
        backEnd.close();
        upstream.close();
    }

    private static JsonNode icons(String json) {
        return exact(json.replace('\'', '"'));
    }

    private static JsonNode shownBy(Published server, Era era) {
        JsonNode result = era.isModern() ? send(server, era, "server/discover", Map.of()).get("result")
                : send(server, era, "initialize", Map.of("protocolVersion", "2025-11-25", "capabilities", Map.of(),
                        "clientInfo", Map.of("name", "n", "version", "1"))).get("result");
        return era.isModern() ? result.at("/_meta/io.modelcontextprotocol~1serverInfo/icons")
                : result.at("/serverInfo/icons");
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void showsThoseThatTheCeligoDialectGives(Era era) {
        Target target = dialects.target(backEnd.url());

        dialects.replace(target, server -> {
            server.set("icons", icons(WEB));
            ((ObjectNode) server.at("/tools/1")).set("icons", icons(DATA));
        }).statusCode(200).body("icons[0].src", equalTo("https://example.com/a.png"))
                .body("tools[1].icons[0].sizes", contains("any")).body("tools[0]", not(hasKey("icons")));

        assertEquals(icons(WEB), shownBy(target.server(), era));
        assertEquals(icons(DATA), list(target.server(), era).at("/1/icons"));
        assertEquals("", list(target.server(), era).at("/0/icons").asText());
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void showsThoseThatTheWorkatoDialectGives(Era era) {
        Target target = dialects.target(backEnd.url());
        deployment.api().body(Map.of("name", "Pictured", "folder_id", deployment.folder(), "icons", List.of(
                Map.of("src", "https://example.com/a.png", "mimeType", "image/png", "sizes", List.of("48x48"), "theme",
                        "dark"))))
                .put(target.management() + "?view=full").then().statusCode(200)
                .body("icons[0].mimeType", equalTo("image/png"));
        composition.put(target.server(), target.tools().get(0).toString(), Map.of("icons", List.of(
                Map.of("src", "data:image/png;base64,iVBORw0KGgo="))))
                .statusCode(200).body("icons[0].src", equalTo("data:image/png;base64,iVBORw0KGgo="));

        assertEquals(icons(WEB), shownBy(target.server(), era));
        assertEquals("data:image/png;base64,iVBORw0KGgo=", list(target.server(), era).at("/0/icons/0/src").asText());
        deployment.api().get(target.management()).then().body("$", not(hasKey("icons")));
    }

    @Test
    void keepsThemForWhoDoesNotSpeakOfThem() {
        Target target = dialects.target(backEnd.url());
        dialects.replace(target, server -> {
            server.set("icons", icons(WEB));
            ((ObjectNode) server.at("/tools/0")).set("icons", icons(DATA));
        }).statusCode(200);

        dialects.replace(target, server -> {
            server.remove("icons");
            ((ObjectNode) server.at("/tools/0")).remove("icons");
        }).statusCode(200);
        dialects.describe(target, "Words");
        assertEquals(icons(WEB), shownBy(target.server(), Era.MODERN));
        assertEquals(icons(DATA), list(target.server(), Era.MODERN).at("/0/icons"));

        dialects.replace(target, server -> {
            server.putArray("icons");
            ((ObjectNode) server.at("/tools/0")).putArray("icons");
        }).statusCode(200).body("$", not(hasKey("icons"))).body("tools[0]", not(hasKey("icons")));
        assertEquals("", shownBy(target.server(), Era.MODERN).asText());
    }

    @Test
    void saysItsOwnOfAToolThatHasSomeAlready() {
        Published proxy = deployment.proxy(upstream.url(), Map.of());
        Published server = deployment.createServer();
        composition.assign(server, Map.of("tools", List.of(composition.reference(proxy, "find")))).statusCode(200);
        assertEquals(exact(OWN), list(server, Era.MODERN).at("/0/icons"));
        String id = composition.tool(server, "find").getString("id");

        composition.put(server, id, Map.of("icons", List.of(Map.of("src", "https://example.com/b.png")))).statusCode(200);
        assertEquals("https://example.com/b.png", list(server, Era.LEGACY).at("/0/icons/0/src").asText());

        composition.put(server, id, Map.of("icons", List.of())).statusCode(200);
        assertEquals(exact(OWN), list(server, Era.LEGACY).at("/0/icons"));
    }

    @Test
    void leavesThoseOfAProxyServerToItsUpstream() {
        Published proxy = deployment.proxy(upstream.url(), Map.of());
        String id = composition.tool(proxy, "find").getString("id");

        composition.put(proxy, id, Map.of("icons", List.of(Map.of("src", "https://example.com/b.png")))).statusCode(400);
        assertEquals(exact(OWN), list(proxy, Era.MODERN).at("/0/icons"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[{'src':'http://example.com/a.png'}]             | icons.0.src",
            "[{'src':'https://u:p@example.com/a.png'}]        | icons.0.src",
            "[{'src':'https:///a.png'}]                       | icons.0.src",
            "[{'src':'javascript:alert(1)'}]                  | icons.0.src",
            "[{'src':'data:text/html,<script>'}]              | icons.0.src",
            "[{'src':'data:image/png;base64,???'}]            | icons.0.src",
            "[{'src':'data:image/svg+xml,<svg/>'}]            | icons.0.src",
            "[{'src':'/a.png'}]                               | icons.0.src",
            "[{'mimeType':'image/png'}]                       | icons.0.src",
            "[{'src':'https://a.example','theme':'blue'}]     | icons.0.theme",
            "[{'src':'https://a.example','sizes':['big']}]    | icons.0.sizes",
            "[{'src':'https://a.example','mimeType':'a/b'}]   | icons.0.mimeType",
            "[{'src':7}]                                      | icons.0.src",
            "{}                                               | icons" })
    void refusesWhatNoClientShouldFetchOrCouldShow(String wish, String field) {
        Target target = dialects.target(backEnd.url());

        dialects.replace(target, server -> server.set("icons", icons(wish))).statusCode(422)
                .body("errors.field", hasItem(field));
        dialects.replace(target, server -> ((ObjectNode) server.at("/tools/0")).set("icons", icons(wish))).statusCode(422)
                .body("errors.field", hasItem("tools.0." + field));
        assertEquals("", shownBy(target.server(), Era.MODERN).asText());
    }

    @Test
    void refusesMoreThanAListCanCarry() {
        Target target = dialects.target(backEnd.url());
        String nine = "[" + "{'src':'https://a.example/i.png'},".repeat(9).replaceFirst(",$", "]");
        String long_ = "[{'src':'data:image/png;base64," + "A".repeat(40_000) + "'}]";

        for (String wish : List.of(nine, long_)) {
            dialects.replace(target, server -> server.set("icons", icons(wish))).statusCode(422);
        }
    }
}
