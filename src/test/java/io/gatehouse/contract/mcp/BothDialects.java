package io.gatehouse.contract.mcp;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A server of which both dialects change something, and its agent. */
@Singleton
class BothDialects {

    private static final String TWO = """
            openapi: 3.0.0
            info: {title: Two, version: '1'}
            paths: {/a: {get: {operationId: first, summary: Reads a}}, /b: {get: {operationId: second}}}
            """;

    @Inject
    Deployment deployment;

    /** @param tools ids of what it has as tools, by which the Workato dialect names them */
    record Target(Published server, List<Integer> tools) {

        Agent agent() {
            return agent(server.token());
        }

        Agent agent(String token) {
            return new Agent("http://localhost:" + RestAssured.port + server.path(), token);
        }

        String management() {
            return "/api/mcp/mcp_servers/" + server.handle();
        }
    }

    Target target(String baseUrl) {
        JsonPath collection = deployment.importDocument(TWO);
        deployment.connect(collection.getInt("id"), baseUrl, Map.of());
        Published server = deployment.createServer();
        List<Integer> tools = collection.getList("import_report.tools.id");
        deployment.assign(server, tools);
        return new Target(server, tools);
    }

    /** By the Workato dialect: the description of the first tool. */
    void describe(Target target, String description) {
        deployment.api().body(Map.of("description", description)).put(target.management() + "/tools/" + target.tools().get(0))
                .then().statusCode(200);
    }

    /** By the Celigo dialect: all prompts of the server, as JSON in single quotes. */
    void prompts(Target target, String prompts) {
        celigo(target, server -> server.set("prompts", Agent.json(prompts.replace('\'', '"'))));
    }

    /** By the Celigo dialect: the name of the first tool. */
    void rename(Target target, String name) {
        celigo(target, server -> ((ObjectNode) server.at("/tools/0")).put("name", name));
    }

    /** By the Celigo dialect. */
    void switchOff(Target target) {
        celigo(target, server -> server.put("disabled", true));
    }

    private void celigo(Target target, Consumer<ObjectNode> change) {
        replace(target, change).statusCode(200);
    }

    /** By the Celigo dialect: the server as it shows it, but for a change. */
    ValidatableResponse replace(Target target, Consumer<ObjectNode> change) {
        String id = deployment.api().queryParam("view", "full").get(target.management()).then().statusCode(200).extract()
                .path("_id");
        ObjectNode server = (ObjectNode) Agent.json(deployment.api().get("/v1/mcpservers/" + id).asString());
        change.accept(server);
        return deployment.api().body(server.toString()).put("/v1/mcpservers/" + id).then();
    }
}
