package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gatehouse.plan.PlanSource;
import io.gatehouse.plan.RemotePlan;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The proxy servers of this dialect as its administrator meets them, and the plans that the gateway gets of them. */
@Singleton
class ProxiesApi {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    PlanSource plans;

    /** @param more names and values of further fields */
    static Map<String, Object> remote(FakeUpstream upstream, Object... more) {
        Map<String, Object> remote = new HashMap<>(Map.of("url", upstream.url()));
        for (int i = 0; i < more.length; i += 2) {
            remote.put((String) more[i], more[i + 1]);
        }
        return remote;
    }

    ValidatableResponse create(Map<String, ?> remote) {
        Map<String, Object> body = servers.named("Proxy");
        body.put("server_type", "proxy");
        body.put("remote", remote);
        return servers.body(body).post(SERVERS + "?view=full").then();
    }

    /** The handle of a new one. */
    String created(FakeUpstream upstream, Object... more) {
        return create(remote(upstream, more)).statusCode(200).extract().path("handle");
    }

    ValidatableResponse update(String handle, Map<String, ?> remote) {
        Map<String, Object> body = servers.named("Proxy");
        body.put("remote", remote);
        return servers.body(body).put(SERVERS + "/" + handle + "?view=full").then();
    }

    ValidatableResponse shown(String handle) {
        return servers.get(handle, "?view=full").statusCode(200);
    }

    ValidatableResponse refresh(String handle) {
        return deployment.api().post(SERVERS + "/" + handle + "/refresh_tools").then().statusCode(200);
    }

    ValidatableResponse changes(String handle) {
        return servers.get(handle, "/tool_changes").statusCode(200);
    }

    /** @param digest null to leave it out */
    ValidatableResponse approve(String handle, String toolId, String digest) {
        return servers.body(digest == null ? Map.of() : Map.of("digest", digest))
                .post(SERVERS + "/" + handle + "/tool_changes/" + toolId + "/approve").then();
    }

    /** The id of a tool, by what the upstream calls it. */
    String tool(String handle, String upstreamName) {
        return servers.get(handle, "/tools?view=full").extract()
                .path("items.find { it.upstream_name == '" + upstreamName + "' }.id");
    }

    ValidatableResponse put(String handle, String toolId, Map<String, ?> body) {
        return servers.body(body).put(SERVERS + "/" + handle + "/tools/" + toolId + "?view=full").then();
    }

    Optional<ServerPlan> planned(String handle) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> plans.find(handle));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    RemotePlan plan(String handle) {
        return planned(handle).orElseThrow().remote();
    }

    RemotePlan.Tool plan(String handle, String upstreamName) {
        return plan(handle).tools().stream().filter(tool -> tool.upstreamName().equals(upstreamName)).findFirst()
                .orElseThrow();
    }

    /** What agents get, by the names that they know. */
    List<String> served(String handle) {
        return plan(handle).tools().stream().filter(RemotePlan.Tool::served).map(RemotePlan.Tool::name).toList();
    }
}
