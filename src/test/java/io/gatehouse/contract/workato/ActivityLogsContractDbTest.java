package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /api/activity_logs} (G-13). */
@QuarkusTest
class ActivityLogsContractDbTest {

    private static final String LOGS = "/api/activity_logs";
    private static final String GROUPS = "/api/iam/user_groups";

    @Inject
    Deployment deployment;
    @Inject
    OtherWorkspace others;

    private String token;
    private String actor;

    /** Somebody else for each test, in a workspace of its own. */
    @BeforeEach
    void beSomebody() {
        token = others.administrator(others.create());
        actor = "client:" + Deployment.as(token).get("/api/users/me").path("id");
    }

    private int group(String name) {
        return Deployment.as(token).header("User-Agent", "Curl/8").body(Map.of("name", name)).post(GROUPS).then()
                .statusCode(200)
                .extract().path("id");
    }

    private ValidatableResponse list(Object... query) {
        var request = Deployment.as(token);
        for (int i = 0; i < query.length; i += 2) {
            request.queryParam(query[i].toString(), query[i + 1] instanceof List<?> many ? many : List.of(query[i + 1]));
        }
        return request.get(LOGS).then();
    }

    // G-13, P-30
    @Test
    void tellsWhoChangedWhatTheNewestFirst() {
        int id = group("One");
        Deployment.as(token).body(Map.of("name", "Two")).put(GROUPS + "/" + id).then().statusCode(200);

        list().statusCode(200).body("total", equalTo(2))
                .body("data.event_type", contains("user_group.updated", "user_group.created"))
                .body("data[1].user", equalTo(Map.of("id", actor, "type", "client")))
                .body("data[1].workspace.name", equalTo("Other")).body("data[1].timestamp", notNullValue())
                .body("data[1].details.request.ip", equalTo("127.0.0.1"))
                .body("data[1].details.request.user_agent", equalTo("Curl/8"))
                .body("data[1].details.request.source", equalTo("workato"))
                .body("data[0].details.activity.name", equalTo(Map.of("before", "One", "after", "Two")))
                .body("data[0].resource", equalTo(Map.of("id", Integer.toString(id), "type", "user_group", "name", "Two")));
    }

    // G-13
    @Test
    void choosesByTimeUserResourceAndEvent() {
        int id = group("One");
        String middle = Instant.now().toString();
        Deployment.as(token).delete(GROUPS + "/" + id).then().statusCode(200);
        Deployment.as(token).body(Map.of("name", "Robot")).post("/api/iam/service_accounts").then().statusCode(200);

        list("to", middle).body("data.event_type", contains("user_group.created")).body("total", equalTo(1));
        list("from", middle).body("total", equalTo(2));
        list("from", middle, "to", middle).body("data", empty());
        list("include_resource_types[]", "service_account").body("data.event_type", contains("service_account.created"));
        list("include_resource_types[]", List.of("service_account", "user_group")).body("total", equalTo(3));
        list("exclude_resource_types[]", "service_account").body("data.event_type",
                contains("user_group.deleted", "user_group.created"));
        list("include_event_types[]", "user_group.created").body("total", equalTo(1));
        list("include_event_types[]", "created").body("total", equalTo(2));
        list("exclude_event_types[]", "created").body("data.event_type", contains("user_group.deleted"));
        list("users_ids[]", actor).body("total", equalTo(3));
        list("users_ids[]", List.of("7", "client:0")).body("total", equalTo(0)).body("data", empty());
    }

    // G-13
    @Test
    void pagesByACursorThatWhatIsWrittenMeanwhileDoesNotMove() {
        for (int i = 0; i < 5; i++) {
            group("G" + i);
        }
        List<String> seen = new ArrayList<>();
        JsonPath page = list("page[size]", 2).extract().jsonPath();
        while (!page.getList("data").isEmpty()) {
            seen.addAll(page.getList("data.resource.name"));
            group("later" + seen.size());
            page = list("page[size]", 2, "page[after]", page.getLong("data[-1].id")).extract().jsonPath();
        }

        assertEquals(List.of("G4", "G3", "G2", "G1", "G0"), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = { "page[size]=0", "page[size]=101", "page[size]=x", "page[after]=x", "from=yesterday",
            "to=99999999-01-01T00:00:00Z", "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "users_ids[]=%00",
            "include_event_types[]=%00" })
    void refusesWhatItCanNotRead(String query) {
        Deployment.as(token).urlEncodingEnabled(false).get(LOGS + "?" + query.replace("[", "%5B").replace("]", "%5D")).then()
                .statusCode(400);
    }

    @Test
    void takesAnyTimeWithAYearOfFourDigits() {
        group("One");

        list("from", "0000-01-01T00:00:00Z", "to", "9999-12-31T23:59:59.999999999Z").statusCode(200)
                .body("total", equalTo(1));
        list("from", "-999999999-01-01T00:00:00Z").statusCode(400);
        list("to", "+10000-01-01T00:00:00Z").statusCode(400);
    }

    // P-11: it tells of everything in the workspace
    @Test
    void isForThoseOnlyWhoMaySeeTheWholeWorkspacesTrail() {
        int folder = deployment.folder();
        String viewer = deployment.client(deployment.role("view_servers", "view_clients"), null).getString("token");
        String auditor = deployment.client(deployment.role("view_audit"), null).getString("token");
        String ofAProject = deployment.client(deployment.role("view_audit"), List.of(folder)).getString("token");

        for (String path : List.of(LOGS, "/v1/audit")) {
            Deployment.as(viewer).get(path).then().statusCode(403);
            Deployment.as(auditor).get(path).then().statusCode(200);
            Deployment.as(ofAProject).get(path).then().statusCode(403);
        }
    }
}
