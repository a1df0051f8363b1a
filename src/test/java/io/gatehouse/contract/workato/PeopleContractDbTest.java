package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.platform.changes.Changes;
import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /api/iam/users}, {@code /api/iam/user_groups} and {@code /api/mcp/user_groups}. */
@QuarkusTest
class PeopleContractDbTest {

    private static final String USERS = "/api/iam/users";
    private static final String GROUPS = "/api/iam/user_groups";

    @Inject
    Deployment deployment;
    @Inject
    OtherWorkspace others;
    @Inject
    Ledger ledger;
    @Inject
    Changes changes;

    private static String unique() {
        return UUID.randomUUID().toString();
    }

    private ValidatableResponse createUser(String email) {
        return deployment.api().body(Map.of("name", "Ann", "email", email)).post(USERS).then();
    }

    private int user() {
        return createUser(unique() + "@example.test").statusCode(200).extract().path("id");
    }

    private ValidatableResponse createGroup(String name) {
        return deployment.api().body(Map.of("name", name)).post(GROUPS).then();
    }

    private int group() {
        return createGroup(unique()).statusCode(200).extract().path("id");
    }

    private ValidatableResponse addUsers(int group, Object... ids) {
        return deployment.api().body(Map.of("user_ids", ids)).post(GROUPS + "/" + group + "/add_users").then();
    }

    private List<Integer> members(int group) {
        return deployment.api().get(GROUPS + "/" + group + "/members").then().statusCode(200).extract()
                .path("items.id");
    }

    // G-11, P-30
    @Test
    void makesChangesAndDeletesAUser() {
        String email = unique() + "@example.test";
        JsonPath user = createUser(email).statusCode(200).body("active", equalTo(true))
                .body("user_group_ids", empty()).body("created_at", notNullValue()).extract().jsonPath();
        String path = USERS + "/" + user.getInt("id");

        deployment.api().body(Map.of("name", " Bob ", "active", false)).put(path).then().statusCode(200)
                .body("name", equalTo("Bob")).body("email", equalTo(email)).body("active", equalTo(false))
                .body("created_at", equalTo(user.getString("created_at")));
        deployment.api().body("{}").put(path).then().statusCode(200);
        deployment.api().get(path).then().statusCode(200).body("name", equalTo("Bob"));
        deployment.api().get(USERS + "?per_page=1").then().statusCode(200).body("items", hasSize(1))
                .body("next_page", notNullValue());
        deployment.api().delete(path).then().statusCode(200).body("success", equalTo(true));
        deployment.api().delete(path).then().statusCode(404);
        deployment.api().get(path).then().statusCode(404).body("code", equalTo("not_found"));

        assertEquals(List.of("user.created", "user.updated", "user.deleted"), ledger.actions("user", user.getInt("id")));
        assertEquals(email, ledger.last("user", user.getInt("id")).changes().getString("email.before"));
    }

    // G-11, P-30
    @Test
    void makesChangesAndDeletesAGroup() {
        String name = unique();
        int id = createGroup(name).statusCode(200).body("users_count", equalTo(0)).extract().path("id");
        String path = GROUPS + "/" + id;

        deployment.api().body(Map.of("description", "What for")).put(path).then().statusCode(200)
                .body("name", equalTo(name)).body("description", equalTo("What for"));
        deployment.api().body(Map.of("name", name.toUpperCase(), "description", " ")).put(path).then().statusCode(200)
                .body("name", equalTo(name.toUpperCase())).body("$", not(hasKey("description")));
        deployment.api().get(path).then().statusCode(200).body("users_count", equalTo(0));
        deployment.api().delete(path).then().statusCode(200).body("success", equalTo(true));
        deployment.api().get(path).then().statusCode(404);
        deployment.api().delete(path).then().statusCode(404);

        assertEquals(List.of("user_group.created", "user_group.updated", "user_group.updated", "user_group.deleted"),
                ledger.actions("user_group", id));
    }

    // W-58, W-13, W-14
    @Test
    void listsTheGroupsForServers() {
        group();
        group();

        JsonPath first = deployment.api().get("/api/mcp/user_groups?per_page=1").then().statusCode(200)
                .body("items", hasSize(1)).body("next_page", equalTo(true)).extract().jsonPath();
        assertEquals(Set.of("id", "name"), first.getMap("items[0]").keySet());
        deployment.api().get("/api/mcp/user_groups?page=100000").then().statusCode(200).body("items", empty())
                .body("next_page", equalTo(false));
        deployment.api().get(GROUPS + "?per_page=1").then().statusCode(200).body("items[0].users_count",
                notNullValue());
    }

    // G-11, D-13, P-32
    @Test
    void putsUsersIntoAGroupAndTakesThemOut() {
        int group = group();
        int ann = user();
        int bob = user();

        addUsers(group, ann, Integer.toString(bob), ann).statusCode(200).body("users_count", equalTo(2));
        addUsers(group, bob).statusCode(200).body("users_count", equalTo(2));
        addUsers(group).statusCode(200).body("users_count", equalTo(2));
        assertEquals(List.of(ann, bob), members(group));
        deployment.api().get(GROUPS + "/" + group + "/members?per_page=1&page=2").then().body("items.id", contains(bob))
                .body("next_page", equalTo(false));
        deployment.api().get(USERS + "/" + ann).then().body("user_group_ids", contains(group));

        deployment.api().body(Map.of("user_ids", List.of(ann, 999_999))).delete(GROUPS + "/" + group + "/remove_users")
                .then().statusCode(200).body("users_count", equalTo(1));
        deployment.api().body(Map.of("user_ids", List.of(ann))).post(GROUPS + "/" + group + "/remove_users").then()
                .statusCode(200).body("users_count", equalTo(1));
        assertEquals(List.of(bob), members(group));

        assertEquals(List.of("user_group.created", "user_group.members_added", "user_group.members_removed"),
                ledger.actions("user_group", group));
        assertEquals(List.of(ann, bob),
                ledger.entries("user_group", group).get(1).changes().getList("user_ids.after"));
        assertEquals(List.of(ann), ledger.last("user_group", group).changes().getList("user_ids.before"));
    }

    // G-11
    @Test
    void putsAUserIntoGroupsAndTakesThemOut() {
        int one = group();
        int two = group();
        int user = user();
        String path = USERS + "/" + user;

        deployment.api().body(Map.of("user_group_id", one)).post(path + "/add_to_group").then().statusCode(200)
                .body("user_group_ids", contains(one));
        deployment.api().body(Map.of("user_group_ids", List.of(Integer.toString(two), one))).post(path + "/add_to_group")
                .then().statusCode(200).body("user_group_ids", contains(one, two));
        deployment.api().body(Map.of("user_group_ids", List.of(one, 999_999))).post(path + "/remove_from_group").then()
                .statusCode(200).body("user_group_ids", contains(two));
        deployment.api().body(Map.of("user_group_id", one)).post(path + "/remove_from_group").then().statusCode(200)
                .body("user_group_ids", contains(two));

        deployment.api().delete(path).then().statusCode(200);
        assertEquals(List.of(), members(two));
        assertEquals("user_group.members_removed", ledger.last("user_group", one).action());
        assertEquals(List.of(two), ledger.last("user", user).changes().getList("user_group_ids.before"));
    }

    // G-11: all or nothing
    @Test
    void addsNobodyWhenOneIsUnknown() {
        int group = group();
        int user = user();

        addUsers(group, user, 999_999).statusCode(400).body("errors", hasKey("user_ids.1"));
        deployment.api().body(Map.of("user_group_ids", List.of(group, 999_999))).post(USERS + "/" + user
                + "/add_to_group").then().statusCode(400).body("errors", hasKey("user_group_ids.1"));

        assertEquals(List.of(), members(group));
        assertEquals(List.of("user_group.created"), ledger.actions("user_group", group));
    }

    // G-11
    @Test
    void knowsEmailsAndNamesWhateverTheirCapitals() {
        String email = unique() + "@example.test";
        createUser(email).statusCode(200);
        createUser(email.toUpperCase()).statusCode(400).body("code", equalTo("validation_failed")).body("errors",
                hasKey("email"));
        deployment.api().body(Map.of("email", email)).put(USERS + "/" + user()).then().statusCode(400).body("errors",
                hasKey("email"));
        String name = unique();
        createGroup(name).statusCode(200);
        createGroup(name.toUpperCase()).statusCode(400).body("errors", hasKey("name"));
        deployment.api().body(Map.of("name", name)).put(GROUPS + "/" + group()).then().statusCode(400).body("errors",
                hasKey("name"));
    }

    @Test
    void makesOneOfManyThatAreTheSame() {
        String name = unique();

        assertEquals(List.of(200, 400, 400, 400, 400, 400),
                atOnce(6, () -> deployment.api().body(Map.of("name", name)).post(GROUPS)));
        assertEquals(List.of(200, 400, 400, 400, 400, 400), atOnce(6,
                () -> deployment.api().body(Map.of("name", "x", "email", name + "@x.test")).post(USERS)));
    }

    @Test
    void settlesRacesOnOneMembership() {
        for (int round = 0; round < 4; round++) {
            int group = group();
            int user = user();
            List<Supplier<Response>> requests = List.of(
                    () -> addUsers(group, user).extract().response(),
                    () -> deployment.api().body(Map.of("user_group_id", group)).post(USERS + "/" + user
                            + "/add_to_group"),
                    () -> deployment.api().body(Map.of("user_ids", List.of(user))).post(GROUPS + "/" + group
                            + "/remove_users"),
                    () -> deployment.api().delete(USERS + "/" + user),
                    () -> deployment.api().delete(GROUPS + "/" + group),
                    () -> deployment.api().body(Map.of("active", false)).put(USERS + "/" + user));

            List<Integer> answers = AtOnce.all(requests).stream().map(Response::statusCode).toList();

            assertTrue(Set.of(200, 400, 404, 409).containsAll(answers), answers.toString());
            deployment.api().get(GROUPS + "/" + group).then().statusCode(404);
            deployment.api().get(USERS + "/" + user).then().statusCode(404);
        }
    }

    private static List<Integer> atOnce(int times, Supplier<Response> request) {
        return AtOnce.times(times, i -> request.get().statusCode()).stream().sorted().toList();
    }

    // P-13: who guards what by a group hears of every change to it
    @Test
    void announcesWhatTheChangeConcerns() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        changes.listen(heard::add);
        int group = group();
        int user = user();

        addUsers(group, user).statusCode(200);
        awaitNotice(heard, "group:" + group);
        deployment.api().body(Map.of("user_ids", List.of(user))).post(GROUPS + "/" + group + "/remove_users");
        assertTrue(heard.remove("group:" + group));
        deployment.api().body(Map.of("active", false)).put(USERS + "/" + user);
        assertTrue(heard.remove("user:" + user));
        addUsers(group, user).statusCode(200);
        awaitNotice(heard, "group:" + group);
        deployment.api().delete(USERS + "/" + user);
        assertTrue(heard.remove("group:" + group));
        deployment.api().delete(GROUPS + "/" + group);
        assertTrue(heard.remove("group:" + group));
    }

    private static void awaitNotice(BlockingQueue<String> heard, String topic) throws InterruptedException {
        String notice = "";
        while (!topic.equals(notice)) {
            notice = heard.poll(30, TimeUnit.SECONDS);
            assertNotNull(notice, topic + " was not announced");
        }
    }

    // P-9: a group that goes takes its place on servers along
    @Test
    void deletesAGroupThatServersName() {
        int group = group();
        Deployment.Published server = deployment.createServer();
        ledger.update("insert into server_user_group (server_id, group_id) select id, ? from mcp_server where handle = ?",
                group, server.handle());

        deployment.api().delete(GROUPS + "/" + group).then().statusCode(200);

        assertEquals(0, ledger.update("delete from server_user_group where group_id = ?", group));
        assertEquals("user_group.deleted", ledger.last("user_group", group).action());
    }

    // W-10, P-11
    @ParameterizedTest
    @CsvSource({ "POST,/api/iam/users", "PUT,/api/iam/users/1", "DELETE,/api/iam/users/1",
            "POST,/api/iam/users/1/add_to_group", "POST,/api/iam/users/1/remove_from_group", "POST,/api/iam/users/1/invitation",
            "POST,/api/iam/user_groups", "PUT,/api/iam/user_groups/1", "DELETE,/api/iam/user_groups/1",
            "POST,/api/iam/user_groups/1/add_users", "POST,/api/iam/user_groups/1/remove_users",
            "DELETE,/api/iam/user_groups/1/remove_users" })
    void letsOnlyThoseWriteWhoMay(String method, String path) {
        Map<String, Object> body = Map.of("name", "x", "email", "x@x.test", "user_ids", List.of(), "user_group_ids",
                List.of());

        for (String token : List.of(deployment.client(3, null).getString("token"),
                deployment.client(1, List.of(deployment.folder())).getString("token"))) {
            Deployment.as(token).body(body).request(method, path).then().statusCode(403).body("code",
                    equalTo("forbidden"));
        }
    }

    // W-10
    @ParameterizedTest
    @ValueSource(strings = { USERS, USERS + "/1", GROUPS, GROUPS + "/1", GROUPS + "/1/members", "/api/mcp/user_groups" })
    void letsOnlyThoseReadWhoMay(String path) {
        String token = deployment.client(deployment.role("view_servers"), null).getString("token");

        Deployment.as(token).get(path).then().statusCode(403).body("code", equalTo("forbidden"));
    }

    @Test
    void seesNothingOfOtherWorkspaces() {
        String token = others.administrator(others.create());
        int group = group();
        int user = user();

        Deployment.as(token).get("/api/mcp/user_groups").then().body("items", empty());
        Deployment.as(token).get(USERS).then().body("items", empty());
        Deployment.as(token).get(GROUPS + "/" + group).then().statusCode(404);
        Deployment.as(token).delete(USERS + "/" + user).then().statusCode(404);
        int own = Deployment.as(token).body(Map.of("name", "own")).post(GROUPS).path("id");
        Deployment.as(token).body(Map.of("user_ids", List.of(user))).post(GROUPS + "/" + own + "/add_users").then()
                .statusCode(400).body("errors", hasKey("user_ids.0"));
        deployment.api().get(GROUPS).then().body("items.id", not(hasItem(own)));
    }

    // W-5, W-7
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"email\":\"a@b.test\"}|name", "{\"name\":\"x\"}|email",
            "{\"name\":\"\",\"email\":\"a@b.test\"}|name", "{\"name\":[],\"email\":\"a@b.test\"}|name",
            "{\"name\":\"x\\u0000\",\"email\":\"a@b.test\"}|name", "{\"name\":\"\\ud800\",\"email\":\"a@b.test\"}|name",
            "{\"name\":\"x\",\"email\":7}|email", "{\"name\":\"x\",\"email\":\"a\"}|email",
            "{\"name\":\"x\",\"email\":\"a@\"}|email", "{\"name\":\"x\",\"email\":\"@b\"}|email",
            "{\"name\":\"x\",\"email\":\"a@b@c\"}|email", "{\"name\":\"x\",\"email\":\"a b@c\"}|email",
            "{\"name\":\"x\",\"email\":\"a..b@c\"}|email", "{\"name\":\"x\",\"email\":\"a@c.\"}|email",
            "{\"name\":\"x\",\"email\":\"A <a@b.test>\"}|email", "{\"name\":\"x\",\"email\":\"a\\n@b.test\"}|email",
            "{\"name\":\"x\",\"email\":\"a\\ud800@b.test\"}|email",
            "{\"name\":\"x\",\"email\":\"a@b.test\",\"active\":\"true\"}|active",
            "{\"name\":\"x\",\"email\":\"a@b.test\",\"active\":1}|active" })
    void namesTheFieldOfAUserThatIsWrong(String body, String field) {
        deployment.api().body(body).post(USERS).then().statusCode(400).body("code", equalTo("validation_failed"))
                .body("errors", hasKey(field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|name", "{\"name\":{}}|name", "{\"name\":\"\\u0001\"}|name",
            "{\"name\":\"\\udc00x\"}|name", "{\"name\":\"x\",\"description\":1}|description",
            "{\"name\":\"x\",\"description\":\"\\u0000\"}|description" })
    void namesTheFieldOfAGroupThatIsWrong(String body, String field) {
        deployment.api().body(body).post(GROUPS).then().statusCode(400).body("code", equalTo("validation_failed"))
                .body("errors", hasKey(field));
    }

    @Test
    void boundsTexts() {
        createGroup("n".repeat(301)).statusCode(400).body("errors", hasKey("name"));
        createUser("e".repeat(250) + "@x.test").statusCode(400).body("errors", hasKey("email"));
        deployment.api().body(Map.of("description", "d".repeat(1001))).put(GROUPS + "/" + group()).then()
                .statusCode(400).body("errors", hasKey("description"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|user_ids", "{\"user_ids\":null}|user_ids", "{\"user_ids\":1}|user_ids",
            "{\"user_ids\":{}}|user_ids", "{\"user_ids\":\"1\"}|user_ids", "{\"user_ids\":[null]}|user_ids.0",
            "{\"user_ids\":[1.5]}|user_ids.0", "{\"user_ids\":[true]}|user_ids.0", "{\"user_ids\":[{}]}|user_ids.0",
            "{\"user_ids\":[\"x\"]}|user_ids.0", "{\"user_ids\":[\"\"]}|user_ids.0", "{\"user_ids\":[-5]}|user_ids.0",
            "{\"user_ids\":[99999999999999999999]}|user_ids.0", "{\"user_ids\":[\"99999999999999999999\"]}|user_ids.0" })
    void namesTheIdThatIsWrong(String body, String field) {
        int group = group();

        deployment.api().body(body).post(GROUPS + "/" + group + "/add_users").then().statusCode(400)
                .body("code", equalTo("validation_failed")).body("errors", hasKey(field));
        deployment.api().body(body.replace("user_ids", "user_group_ids")).post(USERS + "/" + user() + "/add_to_group")
                .then().statusCode(400).body("errors", hasKey(field.replace("user_ids", "user_group_ids")));
    }

    @Test
    void boundsHowManyAreNamedAtOnce() {
        int group = group();
        Object[] many = LongStream.range(0, 5_001).boxed().toArray();

        addUsers(group, many).statusCode(400).body("errors", hasKey("user_ids"));
        deployment.api().body(Map.of("user_ids", LongStream.range(0, 5_000).boxed().toList()))
                .post(GROUPS + "/" + group + "/remove_users").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "999999", "x", "1.5", "99999999999999999999", "%00" })
    void knowsNoSuchThing(String id) {
        for (String path : List.of(USERS, GROUPS)) {
            deployment.api().get(path + "/" + id).then().statusCode(404).body("code", equalTo("not_found"));
            deployment.api().body("{}").put(path + "/" + id).then().statusCode(404);
            deployment.api().delete(path + "/" + id).then().statusCode(404);
        }
        deployment.api().get(GROUPS + "/" + id + "/members").then().statusCode(404);
        for (String action : List.of("add_users", "remove_users")) {
            deployment.api().body(Map.of("user_ids", List.of())).post(GROUPS + "/" + id + "/" + action).then()
                    .statusCode(404);
        }
        for (String action : List.of("add_to_group", "remove_from_group")) {
            deployment.api().body(Map.of("user_group_ids", List.of())).post(USERS + "/" + id + "/" + action).then()
                    .statusCode(404);
        }
    }

    // W-4, W-7
    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "null", "{", "7" })
    void refusesWhatIsNoJsonObject(String body) {
        for (String path : List.of(USERS, GROUPS, GROUPS + "/1/add_users", USERS + "/1/add_to_group")) {
            deployment.api().body(body).post(path).then().statusCode(400).body("code", notNullValue()).body("message",
                    notNullValue());
        }
        deployment.api().body(body).delete(GROUPS + "/1/remove_users").then().statusCode(400).body("code",
                notNullValue());
    }

    // W-15
    @ParameterizedTest
    @ValueSource(strings = { "page=0", "page=x", "per_page=0", "per_page=101", "page=99999999999999999999" })
    void refusesPagesOutOfRange(String query) {
        for (String path : List.of(USERS, GROUPS, "/api/mcp/user_groups", GROUPS + "/" + group() + "/members")) {
            deployment.api().get(path + "?" + query).then().statusCode(400).body("code", equalTo("validation_failed"));
        }
    }
}
