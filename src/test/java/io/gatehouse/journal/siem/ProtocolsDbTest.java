package io.gatehouse.journal.siem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.journal.siem.Receiver.Post;
import io.gatehouse.journal.siem.Streamed.Place;
import io.gatehouse.testing.SelfSigned;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** Each protocol as its receivers know it. G-15 */
@QuarkusTest
class ProtocolsDbTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Receiver receiver = new Receiver();

    @Inject
    Streamed streamed;

    private Place place;

    @BeforeEach
    void beSomebody() {
        place = streamed.place();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private List<String> deliver(long id, int entries) {
        List<String> recorded = streamed.record(place.workspace(), entries);
        streamed.drain(place, id, streamed.replica(LONG));
        return recorded;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Test
    void speaksToSplunk() {
        receiver.answers(post -> "{\"text\":\"Success\",\"code\":0}")
                .knows(line -> json(line).path("fields").path("event_id").asText());
        long id = place.create("splunk_hec", receiver.url(),
                Map.of("token", "abc", "index", "main", "source_type", "gatehouse:json", "gzip", true)).getLong("id");

        List<String> recorded = deliver(id, 3);

        assertEquals(recorded, receiver.inOrder());
        Post post = receiver.posts.get(0);
        assertEquals("/services/collector/event Splunk abc gzip", post.uri() + " " + post.headers().get("Authorization") + " "
                + post.headers().get("Content-Encoding"));
        JsonNode first = json(post.lines().get(0));
        assertEquals("main gatehouse:json gatehouse:activity", first.path("index").asText() + " "
                + first.path("sourcetype").asText() + " " + first.path("source").asText());
        assertTrue(first.path("time").isNumber() && first.path("time").decimalValue().scale() <= 3);
        assertEquals(recorded.get(0), first.path("event").path("id").asText());
        assertEquals(0, first.path("event").path("request").path("input").path("number").asInt());
    }

    /** Not everything with status 200 is a collector. */
    @Test
    void believesNoAnswerThatIsNotSplunks() {
        receiver.next((all, post, response) -> response.end("<html>Sign in</html>"))
                .next((all, post, response) -> response.setStatusCode(400).end("{\"text\":\"Incorrect index\",\"code\":7}"))
                .answers(post -> "{\"code\":0}").knows(line -> json(line).path("fields").path("event_id").asText());
        long id = place.create("splunk_hec", receiver.url(), Map.of("token", "abc")).getLong("id");

        List<String> recorded = deliver(id, 2);

        assertEquals(recorded, receiver.inOrder());
        assertEquals(0, place.get(id).getInt("status.dead"));
        assertTrue(place.get(id).getString("status.last_error").contains("Incorrect index"));
    }

    private static String items(Post post, int... statuses) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < post.lines().size() / 2; i++) {
            int status = i < statuses.length ? statuses[i] : 201;
            items.add("{\"create\":{\"_id\":\"%s\",\"status\":%d%s}}".formatted(idOf(post, i), status,
                    status < 300 ? "" : ",\"error\":{\"type\":\"t%d\"}".formatted(status)));
        }
        return "{\"errors\":true,\"items\":[" + String.join(",", items) + "]}";
    }

    private static String idOf(Post post, int event) {
        return json(post.lines().get(event * 2)).path("create").path("_id").asText();
    }

    /** What is kept out of messages for people may well be a word of the protocol. */
    @Test
    void judgesAnAnswerAsItCame() {
        receiver.answers(ProtocolsDbTest::items).knows(line -> "");
        long id = place.create("elastic", receiver.url(),
                Map.of("token", "items", "index", "logs", "headers", Map.of("X-Refresh", "true"))).getLong("id");

        deliver(id, 2);

        assertEquals(1, receiver.posts.size());
        assertEquals(2, place.get(id).getInt("status.delivered"));
    }

    @Test
    void speaksToElasticAndUnderstandsItsItems() {
        long id = place.create("elastic", receiver.url() + "/es/", Map.of("token", "key", "index", "logs-gatehouse-default"))
                .getLong("id");
        receiver.next((all, post, response) -> response.end(items(post, 201, 429, 400, 409, 503)))
                .next((all, post, response) -> response.end(items(post, 429, 201)))
                .answers(ProtocolsDbTest::items).knows(line -> "");

        List<String> recorded = deliver(id, 6);

        assertEquals(3, receiver.posts.size());
        Post first = receiver.posts.get(0);
        assertTrue(first.uri().startsWith("/es/_bulk?"));
        assertEquals("ApiKey key application/x-ndjson", first.headers().get("Authorization") + " "
                + first.headers().get("Content-Type"));
        assertEquals(12, first.lines().size());
        IntStream.range(0, 6).forEach(i -> {
            JsonNode action = json(first.lines().get(2 * i));
            assertEquals("[\"create\"] logs-gatehouse-default " + recorded.get(i),
                    JSON.valueToTree(action.fieldNames()) + " " + action.path("create").path("_index").asText() + " "
                            + idOf(first, i));
            JsonNode document = json(first.lines().get(2 * i + 1));
            assertEquals(recorded.get(i), document.path("id").asText());
            Instant.parse(document.path("@timestamp").asText());
        });
        Post second = receiver.posts.get(1);
        assertEquals(List.of(recorded.get(1), recorded.get(4)), List.of(idOf(second, 0), idOf(second, 1)));
        assertEquals(recorded.get(1), idOf(receiver.posts.get(2), 0));
        JsonPath letters = place.deadLetters(id);
        assertEquals(List.of(recorded.get(2)), letters.getList("items.event_id"));
        assertEquals("status 400: {\"type\":\"t400\"}", letters.getString("items[0].reason"));
        assertEquals(5, place.get(id).getInt("status.delivered"));
    }

    @Test
    void believesNoElasticThatTellsOfOtherEvents() {
        long id = place.create("elastic", receiver.url(), Map.of("username", "u", "password", "p", "index", "i")).getLong("id");
        receiver.next((all, post, response) -> response.end("{\"errors\":false,\"items\":[]}"))
                .next((all, post, response) -> response.end(items(post).replace("_id\":\"", "_id\":\"x")))
                .answers(ProtocolsDbTest::items).knows(line -> "");

        deliver(id, 2);

        assertEquals(3, receiver.posts.size());
        assertEquals("Basic dTpw", receiver.posts.get(0).headers().get("Authorization"));
        assertEquals(2, place.get(id).getInt("status.delivered"));
    }

    @Test
    void trustsAnAuthorityOfTheDestination(@TempDir Path folder) {
        SelfSigned identity = new SelfSigned(folder, "ip:127.0.0.1");
        try (Receiver secure = new Receiver(identity)) {
            long id = place.create("https", secure.url(), Map.of("ca_certificate", identity.certificate())).getLong("id");
            long stranger = place.create("https", secure.url(), Map.of("enabled", false)).getLong("id");
            String other = new SelfSigned(folder, "ip:127.0.0.1").certificate();
            long misled = place.create("https", secure.url(), Map.of("enabled", false, "ca_certificate", other)).getLong("id");

            assertEquals(deliver(id, 3), secure.inOrder());

            assertFalse(place.post(stranger, "test", Map.of()).getBoolean("delivered"));
            assertFalse(place.post(misled, "test", Map.of()).getBoolean("delivered"));
            assertTrue(place.post(id, "test", Map.of()).getBoolean("delivered"));
        }
    }

    @Test
    void givesNothingToAnHttpsServerOfAnotherName(@TempDir Path folder) {
        SelfSigned identity = new SelfSigned(folder, "dns:other.example");
        try (Receiver secure = new Receiver(identity)) {
            long id = place.create("https", secure.url(), Map.of("ca_certificate", identity.certificate())).getLong("id");

            assertFalse(place.post(id, "test", Map.of()).getBoolean("delivered"));

            assertEquals(List.of(), secure.posts);
        }
    }

    @Test
    void speaksOtlp() {
        long id = place.create("otlp", receiver.url(), Map.of("headers", Map.of("X-Tenant", "me"))).getLong("id");
        receiver.knows(line -> "");

        List<String> recorded = deliver(id, 2);

        Post post = receiver.posts.get(0);
        assertEquals("/v1/logs application/json me", post.uri() + " " + post.headers().get("Content-Type") + " "
                + post.headers().get("X-Tenant"));
        JsonNode record = json(post.body()).at("/resourceLogs/0/scopeLogs/0/logRecords/0");
        assertTrue(record.path("timeUnixNano").isTextual());
        long nanos = Long.parseLong(record.path("timeUnixNano").asText());
        assertTrue(Math.abs(TimeUnit.NANOSECONDS.toSeconds(nanos) - Instant.now().getEpochSecond()) < 60);
        assertEquals("0af7651916cd43dd8448eb211c80319c 9 INFO", record.path("traceId").asText() + " "
                + record.path("severityNumber").asInt() + " " + record.path("severityText").asText());
        assertEquals(recorded.get(0), json(record.path("body").path("stringValue").asText()).path("id").asText());
        assertEquals("log.record.uid " + recorded.get(0), record.at("/attributes/0/key").asText() + " "
                + record.at("/attributes/0/value/stringValue").asText());
        assertEquals("gatehouse", json(post.body()).at("/resourceLogs/0/resource/attributes/0/value/stringValue").asText());
    }

    @Test
    void keepsWhatACollectorTakesOnlyPartOf() {
        long id = place.create("otlp", receiver.url() + "/v1/logs", Map.of()).getLong("id");
        receiver.answers(post -> "{\"partialSuccess\":{\"rejectedLogRecords\":\"1\",\"errorMessage\":\"too old\"}}")
                .knows(line -> "");

        deliver(id, 3);

        assertEquals(1, receiver.posts.size());
        JsonPath letters = place.deadLetters(id);
        assertEquals(3, letters.getList("items").size());
        assertTrue(letters.getString("items[0].reason").contains("refused 1 of 3") && letters.getString("items[0].reason")
                .endsWith("too old"));
    }

    /** A warning is no refusal (OTLP, Partial Success). */
    @Test
    void believesACollectorThatWarnsOnly() {
        long id = place.create("otlp", receiver.url(), Map.of()).getLong("id");
        receiver.answers(post -> "{\"partialSuccess\":{\"rejectedLogRecords\":\"0\",\"errorMessage\":\"slow down\"}}")
                .knows(line -> "");

        deliver(id, 3);

        assertEquals(1, receiver.posts.size());
        assertEquals("3 0", place.get(id).getInt("status.delivered") + " " + place.get(id).getInt("status.dead"));
    }

    @Test
    void findsWhatACollectorRefusesForGood() {
        long id = place.create("otlp", receiver.url(), Map.of()).getLong("id");
        List<String> recorded = streamed.record(place.workspace(), 8);
        Receiver.Manner picky = (all, post, response) -> {
            if (post.body().contains(recorded.get(5))) {
                response.setStatusCode(400).putHeader("Content-Type", "application/json").end("{\"message\":\"malformed\"}");
            } else {
                Receiver.OBEYS.treat(all, post, response);
            }
        };
        for (int i = 0; i < 20; i++) {
            receiver.next(picky);
        }
        receiver.knows(line -> "");

        streamed.drain(place, id, streamed.replica(LONG));

        JsonPath letters = place.deadLetters(id);
        assertEquals(List.of(recorded.get(5)), letters.getList("items.event_id"));
        assertEquals("HTTP 400: {\"message\":\"malformed\"}", letters.getString("items[0].reason"));
        assertEquals("7 1", place.get(id).getInt("status.delivered") + " " + place.get(id).getInt("status.dead"));
    }

    @Test
    void speaksSyslog(@TempDir Path folder) {
        SelfSigned identity = new SelfSigned(folder, "ip:127.0.0.1");
        try (SyslogServer server = new SyslogServer(identity)) {
            long id = place.create("syslog", server.url(), Map.of("ca_certificate", identity.certificate())).getLong("id");

            List<String> recorded = deliver(id, 300);

            assertEquals(List.of(), server.faults);
            assertEquals(recorded, server.ids());
            assertEquals("134 gatehouse activity", server.messages.get(0).priority() + " " + server.messages.get(0).app() + " "
                    + server.messages.get(0).type());
            assertEquals(recorded.get(0), json(server.messages.get(0).text()).path("id").asText());
            assertTrue(place.post(id, "test", Map.of()).getBoolean("delivered"));
        }
    }

    @Test
    void losesNothingToASyslogServerThatCutsConnections(@TempDir Path folder) {
        SelfSigned identity = new SelfSigned(folder, "ip:127.0.0.1");
        try (SyslogServer server = new SyslogServer(identity).cuts(3)) {
            long id = place.create("syslog", server.url(), Map.of("ca_certificate", identity.certificate())).getLong("id");

            List<String> recorded = deliver(id, 20);

            assertEquals(new HashSet<>(recorded), new HashSet<>(server.ids()));
            assertTrue(server.messages.size() > recorded.size());
            assertEquals(20, place.get(id).getInt("status.delivered"));
        }
    }

    @Test
    void countsASilentEndOfASyslogServerOnlyWhereThatIsAllowed(@TempDir Path folder) {
        SelfSigned identity = new SelfSigned(folder, "ip:127.0.0.1");
        try (SyslogServer server = new SyslogServer(identity).closesSilently()) {
            long strict = place.create("syslog", server.url(), Map.of("ca_certificate", identity.certificate())).getLong("id");
            assertFalse(place.post(strict, "test", Map.of()).getBoolean("delivered"));
            assertFalse(place.get(strict).getBoolean("allow_silent_close"));

            long id = place.create("syslog", server.url(),
                    Map.of("ca_certificate", identity.certificate(), "allow_silent_close", true)).getLong("id");

            assertTrue(place.post(id, "test", Map.of()).getBoolean("delivered"));
        }
    }

    @Test
    void givesNothingToASyslogServerOfAnotherName(@TempDir Path folder) {
        SelfSigned identity = new SelfSigned(folder, "dns:other.example");
        try (SyslogServer server = new SyslogServer(identity)) {
            long id = place.create("syslog", server.url(), Map.of("ca_certificate", identity.certificate())).getLong("id");
            long stranger = place.create("syslog", server.url(), Map.of()).getLong("id");

            assertFalse(place.post(id, "test", Map.of()).getBoolean("delivered"));
            assertFalse(place.post(stranger, "test", Map.of()).getBoolean("delivered"));

            assertEquals(List.of(), server.messages);
        }
    }
}
