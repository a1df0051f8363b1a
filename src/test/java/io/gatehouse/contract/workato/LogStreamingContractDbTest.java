package io.gatehouse.contract.workato;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code /api/log_streaming/destinations} (G-15). */
@QuarkusTest
class LogStreamingContractDbTest {

    private static final String DESTINATIONS = "/api/log_streaming/destinations";
    private static final Map<String, ?> SPLUNK = Map.of("name", "Splunk", "kind", "splunk_hec", "url",
            "https://splunk.example.com:8088", "token", "s3cret-token", "headers", Map.of("X-Key", "s3cret-key"), "enabled",
            false);

    @Inject
    Deployment deployment;
    @Inject
    OtherWorkspace others;
    @Inject
    Ledger ledger;

    private String token;

    @BeforeEach
    void beSomebody() {
        token = others.administrator(others.create());
    }

    private ValidatableResponse post(Map<String, ?> body) {
        return Deployment.as(token).body(body).post(DESTINATIONS).then();
    }

    private ValidatableResponse put(int id, Map<String, ?> body) {
        return Deployment.as(token).body(body).put(DESTINATIONS + "/" + id).then();
    }

    private int create() {
        return create(token);
    }

    private static int create(String token) {
        return Deployment.as(token).body(SPLUNK).post(DESTINATIONS).then().statusCode(200).extract().path("id");
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> body = new HashMap<>(SPLUNK);
        body.put(field, value);
        return body;
    }

    // P-24, G-15
    @Test
    void showsADestinationWithoutItsSecrets() {
        int id = create();

        String shown = Deployment.as(token).get(DESTINATIONS + "/" + id).then().statusCode(200)
                .body("name", equalTo("Splunk")).body("kind", equalTo("splunk_hec")).body("token", equalTo("******"))
                .body("headers", equalTo(Map.of("X-Key", "******"))).body("password", nullValue())
                .body("activity", equalTo(true)).body("audit", equalTo(true)).body("level", equalTo("info"))
                .body("status.delivered", equalTo(0)).body("status", aMapWithSize(12)).extract().asString();

        assertFalse(shown.contains("s3cret"));
        Deployment.as(token).get(DESTINATIONS).then().statusCode(200).body("items", hasSize(1))
                .body("next_page", equalTo(false))
                .body("items[0].token", equalTo("******"));
        assertEquals(0, ledger.count("select count(*) from siem_destination where sealed_credentials like '%s3cret%'"));
    }

    // G-15
    @Test
    void keepsWhatIsLeftOutAndWhatIsMasked() {
        int id = create();

        put(id, Map.of("name", "Other", "token", "******", "headers", Map.of("X-Key", "******"))).statusCode(200)
                .body("name", equalTo("Other")).body("token", equalTo("******")).body("headers.X-Key", equalTo("******"));
        put(id, Map.of("url", "https://splunk.example.com:8088/other", "level", "error")).statusCode(200)
                .body("token", equalTo("******"));
        put(id, Map.of("headers", Map.of(), "token", "")).statusCode(200).body("token", nullValue())
                .body("headers", equalTo(Map.of()));
    }

    private ValidatableResponse replace(Object items) {
        return Deployment.as(token).body(Map.of("items", items)).put(DESTINATIONS).then();
    }

    private List<Map<String, ?>> shown() {
        return Deployment.as(token).get(DESTINATIONS).then().statusCode(200).extract().path("items");
    }

    // G-15
    @Test
    void replacesAllAtOnce() {
        int stays = create();
        int goes = create();

        replace(List.of(Map.of("name", "New", "kind", "https", "url", "https://logs.example.com/in"),
                Map.of("id", stays, "name", "Old"))).statusCode(200).body("items.name", equalTo(List.of("New", "Old")))
                .body("items[1].id", equalTo(stays)).body("items[1].token", equalTo("******"))
                .body("items[1].url", equalTo("https://splunk.example.com:8088")).body("next_page", equalTo(false));

        assertEquals(List.of("Old", "New"), shown().stream().map(one -> one.get("name")).toList());
        assertEquals(List.of("log_destination.created", "log_destination.updated"), ledger.actions("log_destination", stays));
        assertEquals(List.of("log_destination.created", "log_destination.deleted"), ledger.actions("log_destination", goes));
        replace(List.of()).statusCode(200).body("items", hasSize(0));
        assertEquals(List.of(), shown());
    }

    // G-15
    @Test
    void takesWhatItShowsAndChangesNothing() {
        int first = create();
        create();
        List<Map<String, ?>> before = shown();

        replace(before).statusCode(200);

        assertEquals(before, shown());
        assertEquals(List.of("log_destination.created"), ledger.actions("log_destination", first));
    }

    // G-15
    @Test
    void replacesNothingWhereOneIsWrong() {
        int id = create();
        int theirs = create(others.administrator(others.create()));
        List<Map<String, ?>> before = shown();
        Map<String, ?> good = Map.of("id", id, "name", "Changed");

        replace(List.of(good, with("url", "ftp://x"))).statusCode(400).body(containsString("items.1.url: "));
        replace(List.of(good, with("url", "http://93.184.216.34/"))).statusCode(400).body(containsString("items.1.url: "));
        replace(List.of(good, good)).statusCode(400).body(containsString("items.1.id: "));
        replace(List.of(Map.of("id", theirs, "name", "Mine"))).statusCode(400).body(containsString("items.0.id: "));
        replace(List.of(Map.of("id", id, "url", "https://evil.example.com"))).statusCode(400).body(containsString("items.0."));
        replace(Collections.nCopies(11, SPLUNK)).statusCode(409);
        Deployment.as(token).body(Map.of()).put(DESTINATIONS).then().statusCode(400).body(containsString("items is required"));

        assertEquals(before, shown());
    }

    /** Whoever may change an address must not be given the secrets that were meant for another. */
    // G-15
    @ParameterizedTest
    @CsvSource({ "https://evil.example.com:8088", "https://splunk.example.com:8089", "http://127.0.0.1:8088" })
    void givesSecretsToNoOtherAddress(String url) {
        int id = create();

        put(id, Map.of("url", url)).statusCode(400);
        put(id, Map.of("url", url, "token", "******")).statusCode(400);
        put(id, Map.of("url", url, "token", "new")).statusCode(400).body(containsString("X-Key"));
        put(id, Map.of("url", url, "token", "new", "headers", Map.of("X-Key", "new"))).statusCode(200);
    }

    // G-15
    @ParameterizedTest
    @CsvSource({ "kind,ftp", "url,ftp://x.example", "url,https://splunk.example.com:65536", "url,https://u:p@x.example",
            "url,http://93.184.216.34/", "url,",
            "level,debug", "name,", "kind,syslog", "kind,elastic", "ca_certificate,x", "token,a\u00e9" })
    void refusesWhatCanNotBe(String field, String value) {
        post(with(field, value)).statusCode(400);
    }

    /** Nobody shows a certificate there. */
    // G-15
    @Test
    void takesNoAuthorityForPlainHttp() {
        Map<String, Object> plain = with("url", "http://127.0.0.1:8088");
        post(plain).statusCode(200);

        plain.put("ca_certificate", "x");
        post(plain).statusCode(400).body(containsString("the url must be one of https"));
    }

    // G-15
    @Test
    void refusesHeadersThatAreNotForPeople() {
        for (String header : List.of("Host", "Content-Type", "Authorization", "Transfer-Encoding", "a b")) {
            post(with("headers", Map.of(header, "x"))).statusCode(400);
        }
        post(with("headers", Map.of("X-A", "a\nb"))).statusCode(400).body("message",
                equalTo("headers.X-A: printable ASCII characters, at most 8000"));
    }

    // G-15, P-30
    @Test
    void recordsEveryChangeWithoutSecrets() {
        int id = create();
        put(id, Map.of("token", "another")).statusCode(200);
        Deployment.as(token).delete(DESTINATIONS + "/" + id).then().statusCode(200);

        assertEquals(List.of("log_destination.created", "log_destination.updated", "log_destination.deleted"),
                ledger.actions("log_destination", id));
        Ledger.Entry change = ledger.entries("log_destination", id).get(1);
        assertEquals("{token={after=******, before=******}}", change.changes().getMap("").toString());
        Deployment.as(token).get(DESTINATIONS + "/" + id).then().statusCode(404);
    }

    // G-15
    @Test
    void belongsToItsWorkspace() {
        int id = create();

        for (String path : List.of("", "/dead_letters")) {
            deployment.api().get(DESTINATIONS + "/" + id + path).then().statusCode(404);
        }
        deployment.api().body(Map.of("from", "2026-01-01T00:00:00Z")).post(DESTINATIONS + "/" + id + "/replay").then()
                .statusCode(404);
        for (String path : List.of("/test", "/dead_letters/retry")) {
            deployment.api().post(DESTINATIONS + "/" + id + path).then().statusCode(404);
        }
        deployment.api().get(DESTINATIONS).then().body("items.id", not(equalTo(List.of(id))));
    }

    // G-15
    @Test
    void isForThoseWhoSeeTheWholeWorkspace() {
        int role = deployment.role("manage_log_streaming");
        String kept = deployment.client(role, List.of(deployment.folder())).getString("token");

        Deployment.as(kept).get(DESTINATIONS).then().statusCode(403);
        String free = deployment.client(role, null).getString("token");
        Deployment.as(free).get(DESTINATIONS).then().statusCode(200);
    }

    // G-15
    @Test
    void replaysFromATimeOnly() {
        int id = create();

        for (Map<String, ?> body : List.<Map<String, ?>> of(Map.of(), Map.of("from", "yesterday"),
                Map.of("from", "2999-01-01T00:00:00Z"), Map.of("from", "-999999999-01-01T00:00:00Z"))) {
            Deployment.as(token).body(body).post(DESTINATIONS + "/" + id + "/replay").then().statusCode(400);
        }
    }
}
