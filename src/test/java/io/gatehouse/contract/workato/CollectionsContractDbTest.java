package io.gatehouse.contract.workato;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.Ledger.Entry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** {@code /api/api_collections}, {@code /api/api_endpoints} and {@code /api/connections}. */
@QuarkusTest
class CollectionsContractDbTest {

    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Pets, version: 1.2.3}
            servers: [{url: https://pets.test/v1}]
            paths:
              /pets: {get: {operationId: listPets, summary: All pets, description: Lists them.}}
              /pets/{id}: {get: {operationId: broken}}
            security: [{key: []}]
            components:
              securitySchemes:
                login: {type: http, scheme: basic}
                key: {type: apiKey, in: query, name: api_key}
            """;

    @Inject
    Deployment deployment;
    @Inject
    Ledger ledger;

    // G-5
    @Test
    void reportsWhatBecameOfEveryOperation() {
        JsonPath collection = deployment.importDocument(DOCUMENT);

        assertEquals(2, collection.getInt("import_report.operations"));
        assertEquals(List.of("listPets"), collection.getList("import_report.tools.name"));
        assertEquals("/paths/~1pets~1{id}/get: the path names {id}, but there is no such parameter",
                collection.getString("import_report.refused[0].reason"));
        assertEquals("https://pets.test/v1", collection.getString("url"));
        assertEquals("1.2.3", collection.getString("version"));
        assertEquals(List.of("key", "login"), collection.getList("security_schemes.id"));
        assertTrue(IntStream.iterate(1, page -> page + 1).mapToObj(this::listed).takeWhile(ids -> !ids.isEmpty())
                .anyMatch(ids -> ids.contains(collection.getInt("id"))));
    }

    private List<Integer> listed(int page) {
        return deployment.api().get("/api/api_collections?per_page=100&page=" + page).then().statusCode(200).extract()
                .path("items.id");
    }

    // G-5
    @Test
    void listsEveryOperationAsAnEndpoint() {
        int id = deployment.importDocument(DOCUMENT).getInt("id");

        deployment.api().get("/api/api_endpoints?api_collection_id=" + id).then().statusCode(200)
                .body("items", hasSize(2)).body("next_page", equalTo(false))
                .body("items[0].name", equalTo("listPets")).body("items[0].title", equalTo("All pets"))
                .body("items[0].description", equalTo("Lists them.")).body("items[0].method", equalTo("GET"))
                .body("items[0].path", equalTo("/pets")).body("items[0].active", equalTo(true))
                .body("items[1].active", equalTo(false)).body("items[1].incompatibility_reason", notNullValue());
    }

    @Test
    void switchesOneEndpointForManyAtTheSameTime() {
        int id = deployment.importDocument(DOCUMENT).getInt("import_report.tools[0].id");

        List<Integer> answers = AtOnce.times(12, i -> deployment.api()
                .put("/api/api_endpoints/" + id + (i % 2 == 0 ? "/enable" : "/disable")).statusCode());

        assertEquals(Set.of(200), Set.copyOf(answers));
    }

    // W-7
    @ParameterizedTest
    @ValueSource(strings = { "x", "application/", "multipart/form-data", "multipart/form-data; boundary=" })
    void refusesContentTypesThatAreNone(String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port
                + "/api/api_collections")).header("Authorization", "Bearer " + deployment.token())
                .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString("{}")).build();

        assertEquals(400, HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    @Test
    void importsADocumentWithoutOperations() {
        assertEquals(0, deployment.importDocument("{\"openapi\":\"3.0.0\",\"paths\":{}}")
                .getInt("import_report.operations"));
    }

    // G-5
    @Test
    void takesADocumentAsAnUpload() {
        given().auth().oauth2(deployment.token()).multiPart("openapi_spec", "pets.yaml", DOCUMENT.getBytes())
                .multiPart("project_id", Integer.toString(deployment.project())).post("/api/api_collections").then()
                .statusCode(200).body("name", equalTo("Pets")).body("import_report.operations", equalTo(2));
    }

    @Test
    void refusesUploadsThatAreNoText() {
        given().auth().oauth2(deployment.token()).multiPart("openapi_spec", "x", new byte[] { (byte) 0xff, 0 })
                .multiPart("project_id", Integer.toString(deployment.project())).post("/api/api_collections").then()
                .statusCode(400).body("errors", hasKey("openapi_spec"));
        given().auth().oauth2(deployment.token()).multiPart("name", "x").post("/api/api_collections").then()
                .statusCode(400).body("errors", hasKey("openapi_spec"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|openapi_spec.content",
            "{\"project_id\":PROJECT,\"openapi_spec\":{}}|openapi_spec.content",
            "{\"project_id\":PROJECT,\"openapi_spec\":7}|openapi_spec",
            "{\"openapi_spec\":{\"content\":\"{}\"}}|project_id",
            "{\"project_id\":PROJECT,\"openapi_spec\":{\"content\":\"{}\"}}|openapi_spec.content",
            "{\"project_id\":PROJECT,\"openapi_spec\":{\"content\":\"{\\\"openapi\\\":\"}}|openapi_spec.content",
            "{\"project_id\":PROJECT,\"openapi_spec\":{\"content\":\"{}\",\"format\":\"xml\"}}|openapi_spec.format",
            "{\"project_id\":999999,\"openapi_spec\":{\"content\":\"{'openapi':'3.0.0','info':{'title':'t'},'paths':{}}\",\"format\":\"yaml\"}}|project_id",
            "{\"project_id\":PROJECT,\"connection_id\":999999,\"openapi_spec\":{\"content\":\"{'openapi':'3.0.0','info':{'title':'t'},'paths':{}}\",\"format\":\"yaml\"}}|connection_id" })
    void namesTheFieldThatIsWrong(String body, String field) {
        deployment.api().body(body.replace("PROJECT", Integer.toString(deployment.project())))
                .post("/api/api_collections").then().statusCode(400).body("errors", hasKey(field));
    }

    // G-5
    @Test
    void switchesOnlyEndpointsThatCanBeTools() {
        int refused = deployment.importDocument(DOCUMENT).getInt("import_report.refused[0].id");

        deployment.api().put("/api/api_endpoints/" + refused + "/enable").then().statusCode(400)
                .body("code", equalTo("not_a_tool")).body("message", containsString("the path names {id}"));
        deployment.api().put("/api/api_endpoints/999999/enable").then().statusCode(404);
        deployment.api().put("/api/api_endpoints/x/disable").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = { "{\"api_key\":\"s3cret\"}|api_key|query|api_key",
            "{\"username\":\"u\",\"password\":\"s3cret\"}|basic|-|-", "{\"token\":\"s3cret\"}|bearer|-|-",
            "{}|none|-|-", "{\"api_key\":\"s3cret\",\"in\":\"cookie\",\"name\":\"sid\"}|api_key|cookie|sid" })
    void letsTheDocumentSayHowACredentialIsShown(String input, String type, String in, String parameter) {
        int collection = deployment.importDocument(DOCUMENT).getInt("id");

        String answer = deployment.api()
                .body("{\"name\":\"c\",\"api_collection_id\":" + collection + ",\"input\":" + input + "}")
                .post("/api/connections").then().statusCode(200).body("authentication_type", equalTo(type))
                .body("in", equalTo(in)).body("parameter", equalTo(parameter)).extract().asString();

        assertEquals(false, answer.contains("s3cret"));
        deployment.api().get("/api/connections").then().statusCode(200).body(not(containsString("s3cret")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"project_id\":PROJECT,\"input\":{}}|name", "{\"name\":\"c\"}|project_id",
            "{\"name\":\"c\",\"project_id\":999999}|project_id",
            "{\"name\":\"c\",\"api_collection_id\":999999}|api_collection_id",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"base_url\":\"file:///etc\"}|base_url",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"base_url\":\"http://u:p@x.test\"}|base_url",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"base_url\":\"http:// x\"}|base_url",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"base_url\":\"http://x.test:99999\"}|base_url",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"input\":{\"api_key\":\"k\",\"name\":\"Content-Length\"}}|input.name",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"input\":{\"api_key\":\"k\",\"in\":\"query\",\"name\":\"a\\u0000b\"}}|input.name",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"input\":{\"api_key\":\"k\",\"token\":\"t\"}}|input",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"input\":{\"api_key\":\"k\"}}|input.name",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"input\":{\"api_key\":\"k\",\"name\":\"a b\"}}|input.name",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"input\":{\"api_key\":\"k\",\"name\":\"a\",\"in\":\"body\"}}|input.in",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"input\":{\"token\":\"a\\r\\nX: y\"}}|input",
            "{\"name\":\"c\",\"project_id\":PROJECT,\"input\":{\"username\":\"a:b\"}}|input.username" })
    void namesTheFieldOfAConnectionThatIsWrong(String body, String field) {
        deployment.api().body(body.replace("PROJECT", Integer.toString(deployment.project())))
                .post("/api/connections").then().statusCode(400).body("errors", hasKey(field));
    }

    @Test
    void refusesASecuritySchemeThatTheDocumentDoesNotDeclare() {
        int collection = deployment.importDocument(DOCUMENT).getInt("id");

        deployment.api().body(Map.of("name", "c", "api_collection_id", collection, "input",
                Map.of("token", "t", "security_scheme", "nope"))).post("/api/connections").then().statusCode(400)
                .body("errors", hasKey("input.security_scheme"));
    }

    // P-30, P-31, P-32
    @Test
    void auditsWhatIsImportedConnectedAndSwitched() {
        JsonPath collection = deployment.importDocument(DOCUMENT);
        int id = collection.getInt("id");
        int endpoint = collection.getInt("import_report.tools[0].id");
        int connection = deployment.api().body(Map.of("name", "c", "api_collection_id", id, "input",
                Map.of("api_key", "s3cret"))).post("/api/connections").path("id");
        for (String action : List.of("disable", "disable", "enable")) {
            deployment.api().put("/api/api_endpoints/" + endpoint + "/" + action).then().statusCode(200);
        }

        assertEquals(List.of("api_collection.imported", "api_collection.connected"),
                ledger.actions("api_collection", id));
        assertEquals(2, ledger.entries("api_collection", id).get(0).changes().getInt("operations.after"));
        assertEquals(connection, ledger.last("api_collection", id).changes().getInt("connection_id.after"));
        assertEquals(List.of("api_endpoint.disabled", "api_endpoint.enabled"),
                ledger.actions("api_endpoint", endpoint));
        Entry made = ledger.last("connection", connection);
        assertEquals("connection.created", made.action());
        assertEquals("workato", made.source());
        assertEquals("******", made.changes().getString("secret.after"));
        assertEquals("api_key", made.changes().getString("parameter.after"));
        assertEquals(false, made.changes().prettify().contains("s3cret"));
    }

    @Test
    void auditsNothingThatWasRefused() {
        int refused = deployment.importDocument(DOCUMENT).getInt("import_report.refused[0].id");

        deployment.api().put("/api/api_endpoints/" + refused + "/enable").then().statusCode(400);

        assertEquals(List.of(), ledger.actions("api_endpoint", refused));
    }
}
