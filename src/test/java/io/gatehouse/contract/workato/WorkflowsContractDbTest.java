package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.gatehouse.testing.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** The places in answers that the vendor's published workflows bind to, played step by step. */
@QuarkusTest
class WorkflowsContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;

    //
    @Test
    void handsOnWhatTheNextStepNeeds() {
        int tool = deployment.importDocument(ServersApi.TWO_OPERATIONS).getInt("import_report.tools[0].id");
        servers.group("Workflow");

        JsonPath created = servers.create(servers.named("Provisioned")).statusCode(200).body("mcp_url", notNullValue())
                .extract().jsonPath();
        String path = SERVERS + "/" + created.getString("handle");
        servers.assign(created.getString("handle"), ServersApi.reference(tool)).statusCode(200).body("items.id",
                hasItem(Integer.toString(tool)));
        servers.body(Map.of("rate_limit", Map.of("requests_per_minute", 60), "ip_allowlist", List.of("10.0.0.0/8")))
                .put(path + "/server_policies").then().statusCode(200)
                .body("rate_limit.requests_per_minute", equalTo(60));
        Object group = deployment.api().get("/api/mcp/user_groups").then().statusCode(200).extract().path("items[0].id");
        servers.body(Map.of("user_group_ids", List.of(group))).post(path + "/assign_user_groups").then().statusCode(200)
                .body("items[0].id", equalTo(group));
        String first = deployment.api().get(path + "/tools").then().statusCode(200).extract().path("items[0].id");
        servers.body(Map.of("description", "Curated")).put(path + "/tools/" + first).then().statusCode(200).body("id",
                equalTo(first));
    }
}
