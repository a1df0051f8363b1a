package io.gatehouse.contract.celigo;

import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.not;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The account under {@code /v1} as its administrator uses it. */
@Singleton
class Account {

    static final String SERVERS = "/v1/mcpservers";
    static final String WORKATO = "/api/mcp/mcp_servers";
    static final ObjectMapper JSON = new ObjectMapper();

    private final Deployment deployment;
    private final Tables tables;
    private final HttpClient client = HttpClient.newHttpClient();
    private Catalogue catalogue;

    @Inject
    Account(Deployment deployment, Tables tables) {
        this.deployment = deployment;
        this.tables = tables;
    }

    /** Operations that can be tools, and one that can't, by both of their ids. */
    record Catalogue(List<Integer> ids, List<String> tools, int refusedId, String refused) {
    }

    /** A request in the other dialect that shows everything. */
    RequestSpecification workato() {
        return api().queryParam("view", "full");
    }

    RequestSpecification api() {
        return deployment.api();
    }

    /** The same operations for all tests that don't change them. */
    synchronized Catalogue catalogue() {
        if (catalogue == null) {
            catalogue = catalogue(4);
        }
        return catalogue;
    }

    Catalogue catalogue(int size) {
        String paths = IntStream.range(0, size)
                .mapToObj("  /p%1$d: {get: {operationId: op-%1$04d, description: Reads %1$d}}\n"::formatted)
                .collect(Collectors.joining());
        JsonPath imported = deployment.importDocument("""
                openapi: 3.0.0
                info: {title: Catalogue, version: '1'}
                paths:
                  '/bad/{x}': {get: {operationId: bad}}
                """ + paths);
        List<Integer> ids = imported.getList("import_report.tools.id");
        int refused = imported.getInt("import_report.refused[0].id");
        Map<String, String> names = tables.pairs("select id, object_id from api_endpoint where collection_id = "
                + imported.getInt("id"));
        return new Catalogue(ids, ids.stream().map(id -> names.get(id.toString())).toList(), refused,
                names.get(Integer.toString(refused)));
    }

    /**
     * A body from what is particular about it, in single quotes and without the outer braces; it has a name and a
     * relative URI unless told otherwise. T0 to T3 are good tools, REFUSED is one that can't be.
     */
    ObjectNode body(String particulars) {
        String text = particulars.replace('\'', '"');
        if (text.contains("T0") || text.contains("T1") || text.contains("T2") || text.contains("REFUSED")) {
            for (int i = 0; i < 4; i++) {
                text = text.replace("\"T" + i + "\"", '"' + catalogue().tools().get(i) + '"');
            }
            text = text.replace("REFUSED", catalogue().refused());
        }
        ObjectNode body = parse("{" + text + "}");
        if (!body.has("name")) {
            body.put("name", "Server");
        }
        if (!body.has("relativeURI") && !body.has("url")) {
            body.put("relativeURI", uri());
        }
        return body;
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    static String uri() {
        return "/uri-" + UUID.randomUUID();
    }

    ValidatableResponse post(Object body) {
        return api().body(body.toString()).post(SERVERS).then();
    }

    /** A new server; what the answer says of it. */
    JsonPath make(String particulars) {
        return post(body(particulars)).statusCode(201).extract().jsonPath();
    }

    /** A new server; its id. */
    String create(String particulars) {
        return make(particulars).getString("_id");
    }

    ValidatableResponse get(String id) {
        return api().get(SERVERS + "/" + id).then();
    }

    ObjectNode read(String id) {
        return parse(get(id).statusCode(200).extract().asString());
    }

    ValidatableResponse put(String id, Object body) {
        return api().body(body.toString()).put(SERVERS + "/" + id).then();
    }

    ValidatableResponse patch(String id, String operations) {
        return api().body(operations.replace('\'', '"')).patch(SERVERS + "/" + id).then();
    }

    ValidatableResponse delete(String id) {
        return api().delete(SERVERS + "/" + id).then();
    }

    String id(Published server) {
        return tables.value("select object_id from mcp_server where handle = ?", server.handle());
    }

    String handle(String id) {
        return tables.value("select handle from mcp_server where object_id = ?", id);
    }

    /** What the server looks like in the other dialect. */
    JsonPath asWorkato(String id) {
        return workato().get(WORKATO + "/" + handle(id)).then().statusCode(200).extract().jsonPath();
    }

    /** Gives the server a token and the paths to call it by. */
    Published open(String id) {
        String handle = handle(id);
        return new Published(handle, api().post(WORKATO + "/" + handle + "/token_renew").then().statusCode(200)
                .extract().path("token"));
    }

    /** Sends bytes as they are, under a type or none; for what an ordinary client can't send. */
    HttpResponse<String> send(String method, String path, String type, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + deployment.token())
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).join();
    }

    /** What is wrong according to a refusal: each field with its code. */
    static Set<String> faults(ValidatableResponse answer) {
        List<Map<String, String>> errors = answer.statusCode(422).contentType("application/json")
                .body("keySet()", equalTo(Set.of("errors")))
                .body("errors.message", everyItem(not(emptyOrNullString()))).extract().path("errors");
        return errors.stream().map(error -> error.get("field") + " " + error.get("code")).collect(Collectors.toSet());
    }

    static Set<String> set(String faults) {
        return Set.of(faults.split(", "));
    }
}
