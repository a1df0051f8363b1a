package io.gatehouse.journal.siem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.journal.activity.Status;
import io.gatehouse.journal.siem.Receiver.Manner;
import io.gatehouse.journal.siem.Streamed.Place;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;

/** What happens to entries on their way, whatever the receiver does. G-15 */
@QuarkusTest
class StreamingDbTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Receiver receiver = new Receiver();

    @Inject
    Streamed streamed;
    @Inject
    Cursors cursors;
    @Inject
    Ledger ledger;
    @Inject
    Pool pool;
    @Inject
    MeterRegistry registry;

    private Place place;

    @BeforeEach
    void beSomebody() {
        place = streamed.place();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private long lines() {
        return place.create("https", receiver.url() + "/in", Map.of("token", "t0ken")).getLong("id");
    }

    private void assertAllKept(List<String> recorded) {
        assertEquals(new HashSet<>(recorded), receiver.distinct());
    }

    static Stream<Arguments> troubles() {
        return Stream.of(Arguments.of("fails", List.of(Receiver.FAILS, Receiver.FAILS)),
                Arguments.of("stalls", List.of(Receiver.STALLS)),
                Arguments.of("stores and stalls", List.of(Receiver.STORES_AND_STALLS)),
                Arguments.of("breaks off", List.of(Receiver.STORES_AND_BREAKS_OFF, Receiver.STORES_AND_BREAKS_OFF)),
                Arguments.of("stores and fails", List.of(Receiver.STORES_AND_FAILS, Receiver.FAILS)),
                Arguments.of("is slow", List.of(Receiver.ANSWERS_SLOWLY, Receiver.ANSWERS_SLOWLY)),
                Arguments.of("refuses the token", List.of(Receiver.REFUSES_ALL)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void losesNothingToAReceiverThat(String trouble, List<Manner> manners) {
        long id = lines();
        receiver.next(Receiver.OBEYS).next(manners.toArray(Manner[]::new));
        List<String> recorded = new ArrayList<>(streamed.record(place.workspace(), 300));
        recorded.addAll(streamed.record(place.workspace(), 300));

        streamed.drain(place, id, streamed.replica(LONG));

        assertAllKept(recorded);
        JsonPath status = place.get(id);
        assertEquals(600, status.getLong("status.delivered"));
        assertEquals(0, status.getLong("status.dead"));
        assertEquals(receiver.posts.get(1).body(), receiver.posts.get(trouble.equals("is slow") ? 1 : 2).body());
        assertEquals(trouble.equals("is slow"), status.getLong("status.retried") == 0);
    }

    @Test
    void losesNothingToAReceiverThatIsAway() {
        long id = lines();
        List<String> recorded = new ArrayList<>();
        receiver.whileDown(() -> {
            for (int i = 0; i < 3; i++) {
                recorded.addAll(streamed.record(place.workspace(), 50));
                streamed.replica(Duration.ZERO).turn(id).await().atMost(LONG);
            }
            assertTrue(place.get(id).getString("status.last_error").contains("could not be reached"));
            assertEquals(150, place.get(id).getLong("status.lag_entries"));
            assertTrue(place.get(id).getDouble("status.lag_seconds") > 0);
        });

        streamed.drain(place, id, streamed.replica(LONG));

        assertEquals(recorded, receiver.inOrder());
        assertEquals(0, place.get(id).getDouble("status.lag_seconds"));
        assertNull(place.get(id).getString("status.next_attempt"));
    }

    @Test
    void sendsWithTheTokenAndShowsItNowhere() {
        receiver.answers(post -> "you sent " + post.headers().get("Authorization"));
        long id = lines();

        JsonPath trial = place.post(id, "test", Map.of());

        assertEquals("Bearer t0ken", receiver.posts.get(0).headers().get("Authorization"));
        assertTrue(trial.getBoolean("delivered"));
        assertEquals("HTTP 200: you sent Bearer ******", trial.getString("answer"));
        assertEquals(receiver.kept.get(0), trial.getString("event_id"));
    }

    @Test
    void tellsWhyATestFailed() {
        long id = lines();
        receiver.next(Receiver.REFUSES_ALL);

        JsonPath trial = place.post(id, "test", Map.of());

        assertFalse(trial.getBoolean("delivered"));
        assertEquals("HTTP 401: who are you", trial.getString("error"));
    }

    /** Whoever holds it has died. */
    @Test
    void anotherReplicaTakesOver() {
        long id = lines();
        List<String> recorded = streamed.record(place.workspace(), 5);
        Claim gone = cursors.claim("gone", id, Duration.ofMillis(1)).await().atMost(LONG);

        streamed.drain(place, id, streamed.replica(LONG));

        assertEquals(recorded, receiver.inOrder());
        assertFalse(cursors.settle("gone", gone, new Settlement(gone.progress(), List.of(), Map.of(), false, 0, 0, null, null,
                null), LONG).await().atMost(LONG));
        assertEquals(0, place.get(id).getLong("status.lag_entries"));
    }

    @Test
    void aReplicaLeavesWhatAnotherHolds() {
        long id = lines();
        streamed.record(place.workspace(), 5);
        cursors.claim("other", id, LONG).await().atMost(LONG);

        streamed.replica(LONG).turn(id).await().atMost(LONG);

        assertEquals(List.of(), receiver.inOrder());
    }

    /** Leases that end at once let both believe that they hold it. */
    @Test
    void twoAtOnceLoseNothingAndSkipNothing() {
        long id = lines();
        List<String> recorded = streamed.record(place.workspace(), 2_000);
        Shipper one = streamed.replica(Duration.ZERO);
        Shipper other = streamed.replica(Duration.ZERO);

        while (place.get(id).getLong("status.lag_entries") > 0) {
            Uni.combine().all().unis(one.turn(id), other.turn(id)).discardItems().await().atMost(LONG);
        }

        assertAllKept(recorded);
    }

    @Test
    void aDestinationThatStallsHoldsUpNoOther() {
        long stalled = lines();
        receiver.next(Receiver.STALLS);
        try (Receiver healthy = new Receiver()) {
            long other = place.create("https", healthy.url(), Map.of()).getLong("id");
            List<String> recorded = streamed.record(place.workspace(), 10);
            Uni<Void> stalling = streamed.replica(LONG).turn(stalled).memoize().indefinitely();
            stalling.subscribe().with(done -> {
            });

            streamed.drain(place, other, streamed.replica(LONG));

            assertEquals(recorded, healthy.inOrder());
            stalling.await().atMost(LONG);
        }
    }

    @Test
    void findsTheOneThatIsRefused() {
        List<String> bad = new ArrayList<>();
        long id = lines();
        List<String> recorded = streamed.record(place.workspace(), 100);
        bad.add(recorded.get(3));
        bad.add(recorded.get(77));
        Manner picky = (all, post, response) -> {
            if (bad.stream().anyMatch(post.body()::contains)) {
                response.setStatusCode(400).end("no thanks");
            } else {
                Receiver.OBEYS.treat(all, post, response);
            }
        };
        for (int i = 0; i < 60; i++) {
            receiver.next(picky);
        }

        streamed.drain(place, id, streamed.replica(Duration.ZERO));

        List<String> good = new ArrayList<>(recorded);
        good.removeAll(bad);
        assertEquals(good, receiver.inOrder());
        JsonPath letters = place.deadLetters(id);
        assertEquals(List.of(bad.get(1), bad.get(0)), letters.getList("items.event_id"));
        assertEquals("HTTP 400: no thanks", letters.getString("items[0].reason"));
        assertEquals(bad.get(1), letters.getString("items[0].event.id"));
        assertEquals(List.of(98, 2, 2), List.of(place.get(id).getInt("status.delivered"), place.get(id).getInt("status.dead"),
                place.get(id).getInt("status.dead_letters")));

        // When somebody has mended it
        bad.clear();
        assertEquals(2, place.post(id, "dead_letters/retry", Map.of()).getInt("dead_letters"));
        streamed.replica(Duration.ZERO).turn(id).await().atMost(LONG);

        assertAllKept(recorded);
        assertEquals(List.of(), place.deadLetters(id).getList("items"));
    }

    @Test
    void keepsTheLatestDeadLettersOnlyAndCountsTheOthers() {
        long id = lines();
        List<String> recorded = streamed.record(place.workspace(), 12);
        for (int i = 0; i < 30; i++) {
            receiver.next((all, post, response) -> response.setStatusCode(400).end());
        }

        streamed.drain(place, id, streamed.replica(new DeadLetters(pool, 5)));

        assertEquals(List.of(12, 5, 7),
                List.of(place.get(id).getInt("status.dead"), place.get(id).getInt("status.dead_letters"),
                        place.get(id).getInt("status.dropped")));
        List<String> latest = new ArrayList<>(recorded.subList(7, 12));
        Collections.reverse(latest);
        assertEquals(latest, place.deadLetters(id).getList("items.event_id"));
    }

    @Test
    void tellsHowLateADestinationIs() {
        long id = lines();
        Shipper replica = streamed.replica(LONG);
        receiver.whileDown(() -> {
            streamed.record(place.workspace(), 3);
            replica.turn(id).await().atMost(LONG);
            replica.look().await().atMost(LONG);

            assertTrue(lag(id).value() > 0);
        });
        streamed.drain(place, id, replica);
        replica.look().await().atMost(LONG);

        assertEquals(0, lag(id).value());
        // What it looked for and began itself may have delivered them, and is not waited for
        Await.until(() -> delivered(id) > 0, () -> "Nothing is counted");
        assertEquals(3, delivered(id));
        assertTrue(registry.get("gatehouse.siem.retried").tag("destination", Long.toString(id)).counter().count() >= 3);
        // Whoever holds it now tells of it
        cursors.claim("other", id, LONG).await().atMost(LONG);
        Deployment.as(place.token()).delete("/api/log_streaming/destinations/" + id).then().statusCode(200);
        replica.look().await().atMost(LONG);
        assertNull(lag(id));
    }

    private double delivered(long destination) {
        Counter counter = registry.find("gatehouse.siem.delivered").tag("destination", Long.toString(destination)).counter();
        return counter == null ? 0 : counter.count();
    }

    private Gauge lag(long destination) {
        return registry.find("gatehouse.siem.lag").tag("destination", Long.toString(destination)).gauge();
    }

    @Test
    void losesNothingOfThousandsWhileAReceiverIsAwayForLong() {
        long id = lines();
        List<String> recorded = new ArrayList<>();
        receiver.whileDown(() -> {
            for (int i = 0; i < 10; i++) {
                recorded.addAll(streamed.record(place.workspace(), 500));
                streamed.replica(Duration.ZERO).turn(id).await().atMost(LONG);
            }
        });
        receiver.next(Receiver.OBEYS, Receiver.STORES_AND_FAILS, Receiver.STORES_AND_BREAKS_OFF);

        streamed.drain(place, id, streamed.replica(LONG));

        assertAllKept(recorded);
        assertTrue(receiver.kept.size() > recorded.size());
        assertEquals(5_000, place.get(id).getLong("status.delivered"));
        assertEquals(0, place.get(id).getLong("status.lost"));
    }

    @Test
    void discardsWhatNobodyWants() {
        long id = lines();
        streamed.record(place.workspace(), 1);
        receiver.next((all, post, response) -> response.setStatusCode(400).end());
        streamed.drain(place, id, streamed.replica(LONG));

        assertEquals(1, Deployment.as(place.token()).delete("/api/log_streaming/destinations/" + id + "/dead_letters")
                .jsonPath().getInt("dead_letters"));

        assertEquals(0, place.get(id).getInt("status.dead_letters"));
    }

    @Test
    void sendsAgainFromATimeOn() {
        long id = lines();
        streamed.record(place.workspace(), 3);
        streamed.drain(place, id, streamed.replica(Duration.ZERO));
        Instant between = Instant.now();
        List<String> later = streamed.record(place.workspace(), 3);
        streamed.drain(place, id, streamed.replica(Duration.ZERO));
        receiver.kept.clear();

        place.post(id, "replay", Map.of("from", between.toString()));
        streamed.drain(place, id, streamed.replica(Duration.ZERO));

        assertEquals(later, receiver.inOrder());
    }

    @Test
    void sendsTheAuditTrailInTheOrderOfItsChain() {
        long id = place.create("https", receiver.url(), Map.of("audit", true, "activity", false)).getLong("id");
        streamed.record(place.workspace(), 3);
        for (int i = 0; i < 120; i++) {
            Deployment.as(place.token()).body(Map.of("name", "Group " + i)).post("/v1/integrations").then().statusCode(201);
        }

        streamed.drain(place, id, streamed.replica(LONG));

        List<JsonNode> events = receiver.posts.stream().flatMap(post -> post.lines().stream()).map(Answers::parse).toList();
        assertEquals(121, events.size());
        assertEquals("log_destination.created audit", events.get(0).path("action").asText() + " "
                + events.get(0).path("log").asText());
        for (int i = 0; i < events.size(); i++) {
            assertEquals(i + 1, events.get(i).path("chain").path("seq").asInt());
        }
        assertEquals("Group 119", events.get(120).at("/changes/name/after").asText());
    }

    @Test
    void countsWhatIsErasedBeforeItIsDelivered() {
        long id = lines();
        streamed.record(place.workspace(), 7);

        ledger.count("select count(siem_note_lost(now() + interval '40 days', 30)::text)");

        assertEquals(7, place.get(id).getInt("status.lost"));
    }

    @Test
    void keepsToTheLevelThatIsAskedFor() {
        long id = place.create("https", receiver.url(), Map.of("level", "warning")).getLong("id");
        List<String> recorded = new ArrayList<>();
        for (Status status : List.of(Status.TOOL_ERROR, Status.SUCCESS, Status.FAILED)) {
            recorded.addAll(streamed.record(place.workspace(), 1, status));
        }

        streamed.drain(place, id, streamed.replica(LONG));

        assertEquals(List.of(recorded.get(0), recorded.get(2)), receiver.inOrder());
    }
}
