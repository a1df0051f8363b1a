package io.gatehouse.contract.celigo;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Await;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.OtherWorkspace;
import io.gatehouse.testing.Specification;
import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /v1/audit} (G-13). */
@QuarkusTest
class AuditQueryContractDbTest {

    private static final String AUDIT = "/v1/audit";

    @Inject
    OtherWorkspace others;

    private String token;

    @BeforeEach
    void beSomebody() {
        token = others.administrator(others.create());
    }

    private String integration(String name) {
        return Deployment.as(token).body(Map.of("name", name)).post("/v1/integrations").then().statusCode(201).extract()
                .path("_id");
    }

    private ValidatableResponse list(String query) {
        return Deployment.as(token).get(AUDIT + "?" + query).then();
    }

    // G-13, C-15
    @Test
    void hasNoContentWhereNothingWasDone() {
        list("limit=100").statusCode(204);
        list("offset=5").statusCode(204);
    }

    // G-13, P-30
    @Test
    void tellsWhoChangedWhatInThisDialectsWords() {
        String id = integration("One");
        Deployment.as(token).body(Map.of("name", "Two")).put("/v1/integrations/" + id).then().statusCode(200);
        Object client = Deployment.as(token).get("/api/users/me").path("id");

        list("resourceType=integration").statusCode(200).body("", hasSize(2)).body("[0]._id", matchesPattern("[0-9a-f]{24}"))
                .body("action", contains("renamed", "created")).body("resourceType", contains("integration", "integration"))
                .body("resourceName", contains("Two", "One")).body("source", contains("celigo", "celigo"))
                .body("[0]._byUserId", equalTo("client:" + client)).body("[0].ip", equalTo("127.0.0.1"))
                .body("[0].fieldChanges[0]", equalTo(Map.of("fieldPath", "name", "oldValue", "One", "newValue", "Two")))
                .body("[1].fieldChanges.find { it.fieldPath == 'name' }.oldValue", nullValue());
    }

    // G-13
    @Test
    void choosesByWhatAndWhoAndWhen() {
        String first = integration("One");
        Instant middle = Instant.now();
        long next = middle.toEpochMilli() + 1;
        Await.until(() -> System.currentTimeMillis() >= next, () -> "The time stands still");
        integration("Two");
        Object client = Deployment.as(token).get("/api/users/me").path("id");
        String resource = list("limit=100").extract().path("[1]._resourceId");
        assertTrue(!resource.isEmpty() && !first.isEmpty());

        list("_resourceId=" + resource).body("resourceName", contains("One"));
        list("_byUserId=client:" + client).body("", hasSize(2));
        list("_byUserId=1").statusCode(204);
        list("source=celigo&action=created").body("", hasSize(2));
        list("source=workato").statusCode(204);
        list("action=deleted").statusCode(204);
        list("resourceType=mcpserver").statusCode(204);
        list("from=" + middle).body("resourceName", contains("Two"));
        list("to=" + next + "&from=0").body("resourceName", contains("One"));
    }

    // G-13
    @Test
    void pagesByLimitAndOffset() {
        for (int i = 0; i < 3; i++) {
            integration("G" + i);
        }

        list("limit=2").body("resourceName", contains("G2", "G1")).header("Link",
                matchesPattern("<[^>]*/v1/audit\\?limit=2&offset=2>; rel=\"next\""));
        list("limit=2&offset=2").body("resourceName", contains("G0")).header("Link", nullValue());
        list("offset=9").statusCode(200).body("", hasSize(0));
        list("include=action").body("[0]",
                equalTo(Map.of("_id", list("limit=100").extract().path("[0]._id"), "action", "created")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "limit=0", "limit=1001", "offset=-1", "from=x", "source=%00", "action=a&action=b", "from=2&to=1" })
    void refusesWhatItCanNotRead(String query) {
        Deployment.as(token).urlEncodingEnabled(false).get(AUDIT + "?" + query).then().statusCode(400)
                .body("errors[0].code", equalTo("invalid_query_params"));
    }

    // G-13
    @Test
    void documentsThatAFieldMayBeOfAnyType() {
        integration("One");
        Wire wire = new Wire(RestAssured.baseURI + ":" + RestAssured.port);
        Specification document = Specification.parse(wire.send(Request.of("GET", "/openapi/gatehouse?format=json")).text());

        Answer answer = wire.send(Request.of("GET", AUDIT).header("Authorization", "Bearer " + token));

        assertEquals(200, answer.status());
        assertEquals(List.of(), document.faults("GET", AUDIT, answer));
    }
}
