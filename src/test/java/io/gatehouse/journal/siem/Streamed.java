package io.gatehouse.journal.siem;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.gatehouse.journal.activity.LoggedEntries;
import io.gatehouse.journal.activity.Status;
import io.gatehouse.platform.secrets.Vault;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A workspace with entries and destinations of its own, which are served when a test says so. */
@Singleton
public class Streamed {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DataSource database;
    private final OtherWorkspace others;
    private final Ledger ledger;
    private final Cursors cursors;
    private final EventSource source;
    private final Protocols protocols;
    private final SiemMeters meters;
    private final Pool pool;
    private final Vault vault;

    @Inject
    Streamed(DataSource database, OtherWorkspace others, Ledger ledger, Cursors cursors, EventSource source,
            Protocols protocols,
            SiemMeters meters, Pool pool, Vault vault) {
        this.database = database;
        this.others = others;
        this.ledger = ledger;
        this.cursors = cursors;
        this.source = source;
        this.protocols = protocols;
        this.meters = meters;
        this.pool = pool;
        this.vault = vault;
    }

    /** One of them. */
    record Place(long workspace, String token) {

        JsonPath create(String kind, String url, Map<String, ?> more) {
            Map<String, Object> body = new HashMap<>(Map.of("name", "SIEM", "kind", kind, "url", url, "audit", false));
            body.putAll(more);
            return Deployment.as(token).body(body).post("/api/log_streaming/destinations").then().statusCode(200).extract()
                    .jsonPath();
        }

        JsonPath get(long id) {
            return Deployment.as(token).get("/api/log_streaming/destinations/" + id).then().statusCode(200).extract()
                    .jsonPath();
        }

        JsonPath post(long id, String what, Object body) {
            return Deployment.as(token).body(body).post("/api/log_streaming/destinations/" + id + "/" + what).then()
                    .statusCode(200).extract().jsonPath();
        }

        JsonPath deadLetters(long id) {
            return Deployment.as(token).get("/api/log_streaming/destinations/" + id + "/dead_letters").then().statusCode(200)
                    .extract().jsonPath();
        }
    }

    Place place() {
        long workspace = others.create();
        return new Place(workspace, others.administrator(workspace));
    }

    /** Commits entries together, and waits until they can be read; their ids. */
    List<String> record(long workspace, int count) {
        return record(workspace, count, Status.SUCCESS);
    }

    List<String> record(long workspace, int count, Status status) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            List<String> ids = record(connection, workspace, count, Instant.now(), status);
            connection.commit();
            ledger.awaitOlder();
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> record(Connection connection, long workspace, int count, Instant at, Status status)
            throws SQLException {
        return LoggedEntries.write(connection, workspace, -1, at, status,
                IntStream.range(0, count).mapToObj(i -> "{\"number\":" + i + "}").toList());
    }

    Shipper replica(Duration lease) {
        return new Shipper(cursors, source, protocols, meters, new Backoff(Duration.ofMillis(2), Duration.ofMillis(2)), lease,
                true);
    }

    /** One that keeps so many dead letters of a destination. */
    Shipper replica(DeadLetters few) {
        return new Shipper(new Cursors(pool, vault, few), source, protocols, meters,
                new Backoff(Duration.ofMillis(2), Duration.ofMillis(2)), Duration.ofMinutes(1), true);
    }

    /** Lets replicas serve a destination until it has everything. */
    void drain(Place place, long destination, Shipper... replicas) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (place.get(destination).getLong("status.lag_entries") > 0) {
            for (Shipper replica : replicas) {
                replica.turn(destination).await().atMost(PATIENCE);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not there yet: " + place.get(destination).prettify());
            }
        }
    }
}
