package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** The groups whose people may use a server. */
@QuarkusTest
class ServerGroupsContractDbTest {

    private static final int NOBODY = 999_999_999;

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    OtherWorkspace others;

    private String path;
    private int one;
    private int two;

    @BeforeEach
    void createAServerAndGroups() {
        path = SERVERS + "/" + deployment.createServer().handle();
        one = servers.group("One");
        two = servers.group("Two");
    }

    private ValidatableResponse send(String action, Object... ids) {
        return servers.body(Map.of("user_group_ids", ids)).post(path + "/" + action).then();
    }

    private ValidatableResponse assign(Object... ids) {
        return send("assign_user_groups", ids);
    }

    private ValidatableResponse remove(Object... ids) {
        return send("remove_user_groups", ids);
    }

    private List<Integer> groups() {
        return deployment.api().get(path + "/user_groups").then().statusCode(200).extract().path("items.id");
    }

    // W-14, W-49, W-51, G-19
    @Test
    void assignsGroups() {
        assertEquals(List.of(), groups());

        assign(two).statusCode(200).body("keySet()", contains("items")).body("items.id", contains(two))
                .body("items[0].keySet()", containsInAnyOrder("id", "name"));
        assign(one, one).statusCode(200).body("items.id", contains(one, two));
        assign(two, one).statusCode(200).body("items.id", contains(one, two));
        assign().statusCode(200).body("items.id", contains(one, two));

        assertEquals(List.of(one, two), groups());
    }

    // W-50, W-51, G-19
    @Test
    void removesGroups() {
        assign(one, two).statusCode(200);

        remove(one, NOBODY).statusCode(200).body("keySet()", contains("items")).body("items.id", contains(two));
        remove(one).statusCode(200).body("items.id", contains(two));
        remove().statusCode(200).body("items.id", contains(two));
        remove(two, two).statusCode(200).body("items", empty());

        assertEquals(List.of(), groups());
    }

    // W-51: all or none
    @Test
    void assignsNoGroupThatIsUnknown() {
        assign(one, NOBODY).statusCode(404).body("code", equalTo("not_found")).body("message", notNullValue());
        assign(0).statusCode(404);
        assign(-1).statusCode(404);

        assertEquals(List.of(), groups());
        for (String action : List.of("assign_user_groups", "remove_user_groups")) {
            servers.body(Map.of("user_group_ids", List.of(one))).post(SERVERS + "/nope/" + action).then().statusCode(404);
        }
        deployment.api().get(SERVERS + "/nope/user_groups").then().statusCode(404);
    }

    // W-51: the other key, and ids as text
    @Test
    void knowsTheKeyByItsOtherName() {
        servers.body(Map.of("idp_user_group_ids", List.of(Integer.toString(one), two))).post(path + "/assign_user_groups")
                .then().statusCode(200).body("items.id", contains(one, two));
        assign(Integer.toString(two)).statusCode(200);
        servers.body(Map.of("idp_user_group_ids", List.of(Integer.toString(one)))).post(path + "/remove_user_groups")
                .then().statusCode(200).body("items.id", contains(two));
        servers.body(Map.of("idp_user_group_ids", List.of(Integer.toString(NOBODY)))).post(path + "/assign_user_groups")
                .then().statusCode(404);
        remove(Integer.toString(two)).statusCode(200).body("items", empty());
    }

    // W-7, W-51
    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"user_group_ids\":null}", "{\"user_group_ids\":7}", "{\"user_group_ids\":\"7\"}",
            "{\"user_group_ids\":{}}", "{\"user_group_ids\":[null]}", "{\"user_group_ids\":[1.5]}",
            "{\"user_group_ids\":[true]}", "{\"user_group_ids\":[\"x\"]}", "{\"user_group_ids\":[\"\"]}",
            "{\"user_group_ids\":[[1]]}", "{\"user_group_ids\":[{}]}", "{\"user_group_ids\":[99999999999999999999]}",
            "{\"user_group_ids\":[\"99999999999999999999\"]}", "{\"idp_user_group_ids\":[null]}",
            "{\"idp_user_group_ids\":\"1\"}", "{\"user_groups\":[1]}" })
    void refusesWhatNamesNoGroups(String body) {
        for (String action : List.of("assign_user_groups", "remove_user_groups")) {
            servers.body(body).post(path + "/" + action).then().statusCode(400).body("code", equalTo("validation_failed"))
                    .body("errors.size()", equalTo(1));
        }
    }

    // W-51
    @Test
    void assignsForManyAtTheSameTime() {
        deployment.token();

        List<Integer> answers = AtOnce.times(8, i -> (i % 2 == 0 ? assign(one, two) : assign(two, one)).extract().statusCode());

        assertEquals(Set.of(200), Set.copyOf(answers));
        assertEquals(List.of(one, two), groups());
    }

    // W-51: a group of another workspace is as good as none
    @Test
    void knowsNoGroupOfAnotherWorkspace() {
        int foreign = ServersApi.group(Deployment.as(others.administrator(others.create())), "Foreign");

        assign(one, foreign).statusCode(404);
        remove(foreign).statusCode(200);
        assertEquals(List.of(), groups());
    }

    // G-19: a deleted group is gone from its servers
    @Test
    void losesAGroupThatIsDeleted() {
        assign(one, two).statusCode(200);

        deployment.api().delete("/api/iam/user_groups/" + one).then().statusCode(200);

        assertEquals(List.of(two), groups());
        assign(one).statusCode(404);
    }
}
