package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.gatehouse.testing.FakeUpstream.tool;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.gatehouse.plan.PlanSource;
import io.gatehouse.plan.RemotePlan;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** Servers that stand for a third-party one: how they are made, changed and removed, and what the gateway learns. */
@QuarkusTest
class ProxyServersContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    PlanSource plans;

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
        Map<String, Object> remote = new HashMap<>(Map.of("url", upstream.url()));
        for (int i = 0; i < more.length; i += 2) {
            remote.put((String) more[i], more[i + 1]);
        }
        return remote;
    }

    private ValidatableResponse create(Map<String, ?> remote) {
        Map<String, Object> body = servers.named("Proxy");
        body.put("server_type", "proxy");
        body.put("remote", remote);
        return servers.body(body).post(SERVERS + "?view=full").then();
    }

    private String created(Object... more) {
        return create(remote(more)).statusCode(200).extract().path("handle");
    }

    private ValidatableResponse update(String handle, Map<String, ?> remote) {
        Map<String, Object> body = servers.named("Proxy");
        body.put("remote", remote);
        return servers.body(body).put(SERVERS + "/" + handle + "?view=full").then();
    }

    private ValidatableResponse shown(String handle) {
        return servers.get(handle, "?view=full").statusCode(200);
    }

    private Optional<ServerPlan> planned(String handle) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> plans.find(handle));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private RemotePlan plan(String handle) {
        return planned(handle).orElseThrow().remote();
    }

    private List<String> served(String handle) {
        return plan(handle).tools().stream().filter(RemotePlan.Tool::served).map(RemotePlan.Tool::name).toList();
    }

    // G-16
    @ParameterizedTest
    @EnumSource(Era.class)
    void registersAThirdPartyServer(Era era) {
        try (FakeUpstream other = new FakeUpstream(era).tools(tool("find", "Finds."), tool("pay", "Pays.")).pagesOf(1)) {
            String handle = create(Map.of("url", other.url())).statusCode(200)
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
            RemotePlan plan = plan(handle);
            assertEquals(era, plan.upstream().era());
            assertEquals(false, plan.open());
            assertEquals(List.of("find", "pay"), served(handle));
            assertEquals(2, plan.tools().stream().map(RemotePlan.Tool::digest).distinct().count());
            assertEquals(Set.of("server:" + handle, "upstream:" + plan.upstream().id()),
                    planned(handle).orElseThrow().ingredients());
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
}
