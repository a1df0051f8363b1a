package io.gatehouse.contract.celigo;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.platform.jobs.Lease;
import io.gatehouse.servers.Purge;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

/** What becomes of servers that are deleted in this dialect: {@code /v1/recycleBin} and the purge. */
@QuarkusTest
class RecycleBinContractDbTest {

    private static final String SERVERS = "/v1/mcpservers/";
    private static final String BIN = "/v1/recycleBin";
    private static final Duration KEPT = Duration.ofDays(30);

    @Inject
    Deployment deployment;

    @Inject
    MovableClock clock;

    @Inject
    Purge purge;

    @Inject
    Lease lease;

    @Inject
    AgroalDataSource database;

    private String create(String uri) {
        return deployment.api().body(Map.of("name", "Bin", "relativeURI", uri)).post(SERVERS).then().statusCode(201)
                .extract().path("_id");
    }

    private static String uri() {
        return "/bin-" + UUID.randomUUID();
    }

    private void purge() {
        try {
            VertxContextSupport.subscribeAndAwait(purge::run);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private List<String> bin() {
        Response bin = deployment.api().get(BIN + "?type=mcpservers&limit=1000");
        return bin.statusCode() == 204 ? List.of() : bin.jsonPath().getList("_id");
    }

    // C-19, C-73, D-1
    @Test
    void hidesADeletedServerEverywhereButHere() {
        String uri = uri();
        String id = create(uri);
        String handle = deployment.api().get("/api/mcp/mcp_servers?search=Bin&per_page=100&view=full").then().extract()
                .jsonPath()
                .getString("items.find { it._id == '" + id + "' }.handle");

        deployment.api().delete(SERVERS + id).then().statusCode(204);

        deployment.api().get(SERVERS + id).then().statusCode(404);
        deployment.api().delete(SERVERS + id).then().statusCode(404);
        deployment.api().get("/api/mcp/mcp_servers/" + handle).then().statusCode(404);
        deployment.api().get("/api/mcp/mcp_servers?per_page=100&view=full").then().body("items._id", not(hasItem(id)));
        deployment.api().get(BIN + "?type=mcpservers").then().statusCode(200)
                .body("find { it._id == '" + id + "' }.deletedAt", notNullValue())
                .body("find { it._id == '" + id + "' }.relativeURI", equalTo(uri));
    }

    // C-73, G-17
    @Test
    void restoresAServerAsItWas() {
        String uri = uri();
        String id = create(uri);
        deployment.api().delete(SERVERS + id).then().statusCode(204);

        deployment.api().post(BIN + "/" + id + "/restore").then().statusCode(200).body("_id", equalTo(id))
                .body("relativeURI", equalTo(uri)).body("deletedAt", equalTo(null));

        deployment.api().get(SERVERS + id).then().statusCode(200);
        deployment.api().post(BIN + "/" + id + "/restore").then().statusCode(404);
    }

    // C-73: the relative URI is free at once
    @Test
    void doesNotRestoreOverAServerThatTookTheName() {
        String uri = uri();
        String id = create(uri);
        deployment.api().delete(SERVERS + id).then().statusCode(204);
        create(uri);

        deployment.api().post(BIN + "/" + id + "/restore").then().statusCode(422)
                .body("errors[0].code", equalTo("mcp_server_duplicate_relative_uri"))
                .body("errors[0].field", equalTo("relativeURI"));
    }

    // C-73, D-1
    @Test
    void removesForGoodAfterThirtyDaysAndNotBefore() {
        String id = create(uri());
        deployment.api().delete(SERVERS + id).then().statusCode(204);

        clock.ahead(KEPT.minusMinutes(1), this::purge);
        assertEquals(true, bin().contains(id));

        // One that leaves it to the purge that is under way just now, by the clock on the wall, removes nothing
        clock.ahead(KEPT.plusMinutes(1), () -> Await.until(() -> {
            purge();
            return !bin().contains(id);
        }, () -> "It is still there"));
    }

    // D-1
    @Test
    void neverHoldsWhatWasDeletedForGood() {
        Deployment.Published server = deployment.createServer();
        String id = deployment.api().get("/api/mcp/mcp_servers/" + server.handle() + "?view=full").then().extract().path("_id");

        deployment.api().delete("/api/mcp/mcp_servers/" + server.handle()).then().statusCode(200)
                .body("success", equalTo(true));

        assertEquals(false, bin().contains(id));
    }

    @Test
    void letsOneReplicaAtATimePurge() throws Throwable {
        try (Connection other = database.getConnection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(hashtextextended('job:purge', 0))");

            boolean alone = VertxContextSupport.subscribeAndAwait(
                    () -> lease.alone("purge", () -> Uni.createFrom().failure(new AssertionError("not alone"))));

            other.rollback();
            assertEquals(false, alone);
        }
    }

    @Test
    void asksForATypeThatItKnows() {
        deployment.api().get(BIN).then().statusCode(400).body("errors[0].code", equalTo("invalid_query_params"));
        deployment.api().get(BIN + "?type=flows").then().statusCode(400);
        deployment.api().post(BIN + "/nope/restore").then().statusCode(404);
    }
}
