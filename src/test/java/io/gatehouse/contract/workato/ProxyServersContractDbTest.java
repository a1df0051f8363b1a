package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.gatehouse.testing.FakeUpstream.tool;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.plan.RemotePlan;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** Servers that stand for a third-party one: how they are made, changed and removed, and what the gateway learns. */
@QuarkusTest
class ProxyServersContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    ProxiesApi proxies;

    @Inject
    Ledger ledger;
    @Inject
    OtherWorkspace others;

    private FakeUpstream upstream;

    @BeforeEach
    void start() {
        upstream = new FakeUpstream(Era.DUAL).tools(tool("find", "Finds."), tool("pay", "Pays."));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Map<String, Object> remote(Object... more) {
        return ProxiesApi.remote(upstream, more);
    }

    private String created(Object... more) {
        return proxies.created(upstream, more);
    }

    // G-16
    @ParameterizedTest
    @EnumSource(Era.class)
    void registersAThirdPartyServer(Era era) {
        try (FakeUpstream other = new FakeUpstream(era).tools(tool("find", "Finds."), tool("pay", "Pays.")).pagesOf(1)) {
            String handle = proxies.create(Map.of("url", other.url())).statusCode(200)
                    .body("server_type", equalTo("proxy")).body("tools_count", equalTo(2)).body("enabled", equalTo(true))
                    .body("mcp_url", containsString("?token="))
                    .body("remote.upstream_id", matchesPattern("[0-9a-f]{24}")).body("remote.url", equalTo(other.url()))
                    .body("remote.auth", equalTo(Map.of("type", "none"))).body("remote.timeout_seconds", equalTo(60))
                    .body("remote.change_policy", equalTo("withhold")).body("remote.state", equalTo("healthy"))
                    .body("remote.state_detail", nullValue()).body("remote.checked_at", notNullValue())
                    .body("remote.era", equalTo(era.name().toLowerCase())).body("remote.pending_changes", equalTo(0))
                    .body("remote.server_info", equalTo(Map.of("name", "fake-upstream", "version", "1.2.3")))
                    .body("remote", not(hasKey("allowed_tools"))).body("remote", not(hasKey("connection_id")))
                    .extract().path("handle");

            assertEquals(0, other.openSessions());
            servers.get(handle, "").body("$", not(hasKey("remote"))).body("$", not(hasKey("server_type")));
            RemotePlan plan = proxies.plan(handle);
            assertEquals(era, plan.upstream().era());
            assertEquals(false, plan.open());
            assertEquals(List.of("find", "pay"), proxies.served(handle));
            assertEquals(2, plan.tools().stream().map(RemotePlan.Tool::digest).distinct().count());
            assertEquals(Set.of("server:" + handle, "upstream:" + plan.upstream().id()),
                    proxies.planned(handle).orElseThrow().ingredients());
        }
    }

    // G-16
    @Test
    void listsTheToolsOfTheRemoteServer() {
        String handle = created();

        servers.get(handle, "/tools").statusCode(200).body("items.name", contains("find", "pay"))
                .body("items.description", contains("Finds.", "Pays."))
                .body("items.trigger_application", contains("mcp_proxy", "mcp_proxy"))
                .body("items[0].keySet()", equalTo(Set.of("id", "name", "description", "trigger_application")))
                .body("next_page", equalTo(false));
        servers.get(handle, "/tools?view=full&per_page=1").body("items.tool_name", contains("find"))
                .body("items.upstream_name", contains("find")).body("items.status", contains("current"))
                .body("items.active", contains(true)).body("next_page", equalTo(true));
    }

    private long rows(String table) {
        return ledger.count("select count(*) from " + table);
    }

    private void refuses(Map<String, ?> remote, String field, String message) {
        long upstreams = rows("upstream");
        long connections = rows("connection");
        long found = rows("mcp_server");

        JsonPath refusal = proxies.create(remote).statusCode(400).body("code", equalTo("validation_failed")).extract()
                .jsonPath();

        assertThat(refusal.getMap("errors").toString(), refusal.<String, String> getMap("errors").get(field),
                containsString(message));
        assertEquals(List.of(upstreams, connections, found),
                List.of(rows("upstream"), rows("connection"), rows("mcp_server")));
    }

    // G-16
    @ParameterizedTest
    @ValueSource(strings = { "", " ", "mcp.example.com", "ftp://example.com/mcp", "https:///mcp", "https://u:p@example.com/mcp",
            "https://example.com/mcp#part", "/mcp", "https://exa mple.com/", "https://example.com:99999/mcp",
            "file:///etc/passwd" })
    void refusesWhatIsNoUrlOfAServer(String url) {
        refuses(Map.of("url", url), "remote.url", "remote.url");
    }

    // G-16: what is wrong is told, and nothing is kept, not even the credential
    @Test
    void refusesAServerThatCantBeUsed() {
        Map<String, String> auth = Map.of("type", "token", "token", "secret");
        upstream.wants("Authorization", "Bearer other");
        refuses(remote("auth", auth), "remote.url", "refuses the credential that it is shown (HTTP 401)");
        upstream.instead(FakeUpstream.status(403));
        refuses(remote("auth", auth), "remote.url", "refuses the credential that it is shown (HTTP 403)");
        upstream.instead(FakeUpstream.status(404));
        refuses(remote(), "remote.url", "HTTP 404 and no message of MCP");
        upstream.instead(response -> response.putHeader("Content-Type", "application/json").end("{\"ok\":true}"));
        refuses(remote(), "remote.url", "something else than JSON-RPC");
        upstream.instead(response -> response.putHeader("Content-Type", "text/html").end("<html>"));
        refuses(remote(), "remote.url", "no message of MCP");
        refuses(Map.of("url", "http://169.254.169.254/latest/meta-data"), "remote.url", "does not connect to");
        refuses(Map.of("url", "http://10.1.2.3/mcp", "auth", auth), "remote.url", "does not connect to");
        refuses(Map.of("url", "http://127.0.0.1:1/mcp"), "remote.url", "could not be reached");
    }

    // G-16
    @Test
    void refusesWhatDoesNotFit() {
        refuses(remote("timeout_seconds", 0), "remote.timeout_seconds", "from 1 to 600");
        refuses(remote("timeout_seconds", 601), "remote.timeout_seconds", "from 1 to 600");
        refuses(remote("timeout_seconds", Long.MAX_VALUE), "remote.timeout_seconds", "from 1 to 600");
        refuses(remote("change_policy", "ask"), "remote.change_policy", "serve or withhold");
        refuses(remote("allowed_tools", "find"), "remote.allowed_tools", "an array");
        refuses(remote("allowed_tools", List.of("find", "")), "remote.allowed_tools.1", "required");
        refuses(remote("allowed_tools", List.of(1)), "remote.allowed_tools.0", "required");
        refuses(remote("auth", Map.of("type", "magic")), "remote.auth.type", "none, token, header");
        refuses(remote("auth", Map.of("type", "token")), "remote.auth", "the secret is missing");
        refuses(remote("auth", Map.of("type", "token", "token", "a\nb")), "remote.auth", "visible ASCII");
        refuses(remote("auth", Map.of("type", "header", "value", "x")), "remote.auth.name", "remote.auth.name");
        refuses(remote("auth", Map.of("type", "header", "name", "Host", "value", "x")), "remote.auth.name", "not the name");
        refuses(remote("auth", Map.of("type", "header", "name", "Mcp-Session-Id", "value", "x")), "remote.auth",
                "has a meaning in MCP");
        refuses(remote("auth", Map.of("type", "oauth_client_credentials", "token_url", ":", "client_secret", "x")),
                "remote.auth.token_url", "not a URL");
        refuses(remote("connection_id", 999_999), "remote.connection_id", "no such connection");
        refuses(Map.of("upstream_id", "0123456789abcdef01234567"), "remote.upstream_id", "no such remote");
        refuses(remote("upstream_id", "0123456789abcdef01234567"), "remote.upstream_id", "leave out the rest");
        assertNull(upstream.take());
    }

    // G-16
    @Test
    void tellsTheTypesOfServersApart() {
        Map<String, Object> body = servers.named("Mixed");
        body.put("remote", remote());
        servers.create(body).statusCode(400).body("errors", hasKey("remote"));
        body.put("server_type", "composed");
        servers.create(body).statusCode(400).body("errors", hasKey("remote"));
        body.put("server_type", "prebuilt");
        servers.create(body).statusCode(400).body("errors", hasKey("server_type"));
        body.put("server_type", "proxy");
        body.remove("remote");
        servers.create(body).statusCode(400).body("errors", hasKey("remote"));
        body.put("server_type", "composed");
        String composed = servers.create(body).statusCode(200).extract().path("handle");

        proxies.update(composed, remote()).statusCode(400).body("errors", hasKey("remote"));
        deployment.api().post(SERVERS + "/" + composed + "/refresh_tools").then().statusCode(400);
        servers.get(composed, "/tool_changes").statusCode(400);
    }

    // G-16: a proxy server has no tools of its own
    @Test
    void offersNothingBesideTheRemoteServer() {
        String handle = created();
        int tool = deployment.importDocument(ServersApi.TWO_OPERATIONS).getInt("import_report.tools[0].id");
        String own = servers.get(handle, "/tools").extract().path("items[0].id");

        servers.assign(handle, ServersApi.reference(tool)).statusCode(400).body("code", equalTo("proxy_server"));
        deployment.api().delete(SERVERS + "/" + handle + "/tools/" + own).then().statusCode(400)
                .body("code", equalTo("proxy_server"));
        assertEquals(List.of("find", "pay"), proxies.served(handle));
    }

    // G-16
    @ParameterizedTest
    @CsvSource({ "Authorization, Bearer s3cr3t, token", "X-Api-Key, s3cr3t, header" })
    void showsTheCredentialToTheRemoteServerAndToNobodyElse(String header, String value, String type) {
        upstream.wants(header, value);
        JsonPath server = proxies.create(remote("auth", type.equals("token") ? Map.of("type", type, "token", "s3cr3t")
                : Map.of("type", type, "name", header, "value", "s3cr3t"))).statusCode(200)
                .body("remote.auth.type", equalTo(type)).extract().jsonPath();
        int connection = server.getInt("remote.connection_id");

        assertFalse(server.prettify().contains("s3cr3t"));
        assertEquals((long) connection, proxies.plan(server.getString("handle")).upstream().connectionId());
        assertTrue(
                proxies.planned(server.getString("handle")).orElseThrow().ingredients().contains("connection:" + connection));
        refuses(Map.of("url", upstream.url()), "remote.url", "HTTP 401");
    }

    // G-16
    @Test
    void takesAConnectionThatIsThere() {
        upstream.wants("Authorization", "Bearer s3cr3t");
        String origin = upstream.url().replace("/mcp", "");
        int connection = connection(origin);
        int elsewhere = connection("https://elsewhere.example.com");
        int project = servers.place("Other").project();
        int other = deployment.api().body(Map.of("name", "C", "project_id", project, "input", Map.of("token", "x")))
                .post("/api/connections").then().statusCode(200).extract().path("id");

        String handle = created("connection_id", connection);
        proxies.shown(handle).body("remote.connection_id", equalTo(connection)).body("remote.auth.type", equalTo("token"));
        refuses(remote("connection_id", elsewhere), "remote.connection_id", "is for https://elsewhere.example.com");
        refuses(remote("connection_id", other), "remote.connection_id", "another project");
        refuses(remote("connection_id", connection, "auth", Map.of("type", "token", "token", "x")), "remote.auth", "either");

        deployment.api().delete(SERVERS + "/" + handle).then().statusCode(200);
        deployment.api().get("/api/connections/" + connection).then().statusCode(200);
    }

    private int connection(String baseUrl) {
        return deployment.api().body(Map.of("name", "C", "project_id", deployment.project(), "base_url", baseUrl,
                "input", Map.of("token", "s3cr3t"))).post("/api/connections").then().statusCode(200).extract().path("id");
    }

    // G-16: whoever may edit servers only can't have a credential sent to another place
    @Test
    void needsThePrivilegeOverConnectionsToSendCredentials() {
        String handle = created("auth", Map.of("type", "token", "token", "s3cr3t"));
        int role = deployment.role("view_servers", "create_servers", "edit_servers");
        String token = deployment.client(role, null).getString("token");
        try (FakeUpstream thief = new FakeUpstream(Era.DUAL)) {
            Map<String, Object> body = servers.named("Proxy");
            body.put("remote", Map.of("url", thief.url()));
            Deployment.as(token).body(body).put(SERVERS + "/" + handle).then().statusCode(403);
            body.put("server_type", "proxy");
            body.put("remote", Map.of("url", thief.url(), "connection_id",
                    proxies.shown(handle).extract().<Integer> path("remote.connection_id")));
            Deployment.as(token).body(body).post(SERVERS).then().statusCode(403);
            assertNull(thief.take());
            body.put("remote", Map.of("url", thief.url()));
            Deployment.as(token).body(body).post(SERVERS).then().statusCode(200);
        }
    }

    // G-16: what is sent back as it was read changes nothing
    @Test
    void keepsWhatIsLeftOutOfAnUpdate() {
        String handle = created("auth", Map.of("type", "token", "token", "s3cr3t"), "allowed_tools", List.of("find"),
                "timeout_seconds", 7);
        Map<String, Object> before = proxies.shown(handle).extract().path("remote");
        upstream.forget();

        proxies.update(handle, before).statusCode(200).body("remote", equalTo(before));
        proxies.update(handle, Map.of()).statusCode(200).body("remote", equalTo(before));
        assertNull(upstream.take());
        assertEquals(List.of("find"), proxies.served(handle));
        proxies.update(handle, Map.of("upstream_id", "0123456789abcdef01234567")).statusCode(400)
                .body("errors", hasKey("remote.upstream_id"));
    }

    // G-16
    @Test
    void changesWhatIsServed() {
        String handle = created();

        proxies.update(handle, Map.of("allowed_tools", List.of("pay", "later"), "timeout_seconds", 600)).statusCode(200)
                .body("remote.allowed_tools", contains("pay", "later")).body("remote.timeout_seconds", equalTo(600));
        assertEquals(List.of("pay"), proxies.served(handle));
        assertEquals(Duration.ofMinutes(10), proxies.plan(handle).upstream().timeout());
        proxies.update(handle, Map.of("change_policy", "serve")).statusCode(200);
        assertFalse(proxies.plan(handle).open());
        Map<String, Object> all = new HashMap<>();
        all.put("allowed_tools", null);
        proxies.update(handle, all).statusCode(200).body("remote", not(hasKey("allowed_tools")));
        assertTrue(proxies.plan(handle).open());
        assertTrue(proxies.plan(handle).tools().stream().allMatch(tool -> tool.digest() == null && tool.served()));
        assertEquals(List.of("upstream.registered", "upstream.changed", "upstream.changed", "upstream.changed"),
                ledger.actions("upstream", proxies.shown(handle).extract().<String> path("remote.upstream_id")));
    }

    // G-16: another place is tried first; tools that are otherwise there are changes
    @Test
    void movesToAnotherPlace() {
        String handle = created("auth", Map.of("type", "token", "token", "old"));
        int connection = proxies.shown(handle).extract().path("remote.connection_id");
        try (FakeUpstream other = new FakeUpstream(Era.LEGACY).tools(tool("find", "Finds."), tool("pay", "Pays twice."))
                .wants("X-Key", "new")) {
            proxies.update(handle, Map.of("url", other.url())).statusCode(400).body("errors", hasKey("remote.url"));
            proxies.shown(handle).body("remote.url", equalTo(upstream.url())).body("remote.connection_id", equalTo(connection));

            int later = proxies
                    .update(handle, Map.of("url", other.url(), "auth", Map.of("type", "header", "name", "X-Key", "value",
                            "new")))
                    .statusCode(200).body("remote.url", equalTo(other.url())).body("remote.era", equalTo("legacy"))
                    .body("remote.auth", equalTo(Map.of("type", "header", "name", "X-Key")))
                    .body("remote.pending_changes", equalTo(1)).extract().path("remote.connection_id");

            deployment.api().get("/api/connections/" + connection).then().statusCode(404);
            deployment.api().get("/api/connections/" + later).then().statusCode(200);
            assertEquals(List.of("find"), proxies.served(handle));
        }
    }

    // G-16
    @Test
    void removesTheCredential() {
        String handle = created("auth", Map.of("type", "token", "token", "old"));
        int connection = proxies.shown(handle).extract().path("remote.connection_id");

        proxies.update(handle, Map.of("auth", Map.of("type", "none"))).statusCode(200).body("remote",
                not(hasKey("connection_id")));
        deployment.api().get("/api/connections/" + connection).then().statusCode(404);
        proxies.update(handle, Map.of("auth", Map.of("type", "token"))).statusCode(400).body("errors", hasKey("remote.auth"));
    }

    // G-16, W-36: with the last server that stands for it, what was registered for it goes
    @Test
    void deletesARemoteServerWithItsLastServer() {
        String first = created("auth", Map.of("type", "token", "token", "s3cr3t"));
        String upstreamId = proxies.shown(first).extract().path("remote.upstream_id");
        int connection = proxies.shown(first).extract().path("remote.connection_id");
        String second = proxies.create(Map.of("upstream_id", upstreamId)).statusCode(200)
                .body("remote.upstream_id", equalTo(upstreamId)).extract().path("handle");
        long before = rows("upstream");

        deployment.api().delete(SERVERS + "/" + first).then().statusCode(200);
        assertEquals(before, rows("upstream"));
        assertEquals(List.of("find", "pay"), proxies.served(second));
        deployment.api().delete(SERVERS + "/" + second).then().statusCode(200);

        assertEquals(before - 1, rows("upstream"));
        deployment.api().get("/api/connections/" + connection).then().statusCode(404);
        assertEquals("upstream.removed", ledger.last("upstream", upstreamId).action());
    }

    // G-16, W-52
    @Test
    void staysInTheProjectOfItsRemoteServer() {
        String handle = created();
        String upstreamId = proxies.shown(handle).extract().path("remote.upstream_id");
        int elsewhere = servers.place("Elsewhere").folder();

        servers.body(Map.of("folder_id", elsewhere)).put(SERVERS + "/" + handle + "/update_folder").then().statusCode(400)
                .body("errors", hasKey("folder_id"));
        Map<String, Object> body = new HashMap<>(Map.of("name", "Proxy", "folder_id", elsewhere, "server_type", "proxy",
                "remote", Map.of("upstream_id", upstreamId)));
        servers.create(body).statusCode(400).body("errors", hasKey("remote.upstream_id"));
    }

    // G-16, D-9: the other dialect leaves alone what it can't say
    @Test
    void canBeManagedInTheOtherDialect() {
        String handle = created();
        String id = proxies.shown(handle).extract().path("_id");
        Map<String, Object> body = deployment.api().get("/v1/mcpservers/" + id).then().statusCode(200).extract().path("$");

        body.put("name", "Renamed");
        deployment.api().body(body).put("/v1/mcpservers/" + id).then().statusCode(200).body("disabled", equalTo(false));
        assertEquals(List.of("find", "pay"), proxies.served(handle));
        deployment.api().body(List.of(Map.of("op", "replace", "path", "/disabled", "value", true)))
                .patch("/v1/mcpservers/" + id).then().statusCode(204);
        assertTrue(proxies.planned(handle).isEmpty());
        deployment.api().body(List.of(Map.of("op", "replace", "path", "/disabled", "value", false)))
                .patch("/v1/mcpservers/" + id).then().statusCode(204);
        assertEquals(List.of("find", "pay"), proxies.served(handle));
        body.put("prompts", List.of(Map.of("name", "p", "messages", List.of(
                Map.of("role", "user", "contentType", "text", "template", "x")))));
        deployment.api().body(body).put("/v1/mcpservers/" + id).then().statusCode(422).body("errors.field",
                contains("prompts"));

        long before = rows("upstream");
        deployment.api().delete("/v1/mcpservers/" + id).then().statusCode(204);
        assertTrue(proxies.planned(handle).isEmpty());
        deployment.api().post("/v1/recycleBin/" + id + "/restore").then().statusCode(200);
        assertEquals(before, rows("upstream"));
        assertEquals(List.of("find", "pay"), proxies.served(handle));
    }

    // G-16: another workspace sees nothing of it
    @Test
    void belongsToItsWorkspace() {
        String handle = created();
        String upstreamId = proxies.shown(handle).extract().path("remote.upstream_id");
        String stranger = others.administrator(others.create());

        for (String path : List.of("/refresh_tools", "/tool_changes/1/approve")) {
            Deployment.as(stranger).body("{}").post(SERVERS + "/" + handle + path).then().statusCode(404);
        }
        Deployment.as(stranger).get(SERVERS + "/" + handle + "/tool_changes").then().statusCode(404);
        int folder = ServersApi.place(Deployment.as(stranger), "Theirs").folder();
        Deployment.as(stranger).body(Map.of("name", "P", "folder_id", folder, "server_type", "proxy", "remote",
                Map.of("upstream_id", upstreamId))).post(SERVERS).then().statusCode(400);
    }
}
