package io.gatehouse.access.issuers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.access.issuers.Documents.Document;
import io.gatehouse.kernel.Problem;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.FakeIssuer;
import io.vertx.core.json.JsonObject;

/** Where an issuer's keys are looked for, and where they are not. */
class DiscoveryTest {

    private final Stand stand = new Stand("127.0.0.1/32");

    @AfterEach
    void close() {
        stand.close();
    }

    private void publishes(JsonObject metadata) {
        stand.issuer.answers(FakeIssuer.METADATA, BackEnd.json(metadata.encode()));
    }

    private void moves(String path) {
        stand.issuer.answers(FakeIssuer.METADATA, response -> response.setStatusCode(404).end());
        stand.issuer.answers(path, BackEnd.json(stand.issuer.metadata().encode()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/.well-known/oauth-authorization-server/realms/main",
            "/.well-known/openid-configuration/realms/main" })
    void findsMetadataInTheOtherPlaces(String path) {
        moves(path);
        stand.letsIn(stand.token());
    }

    @Test
    void looksElsewhereWhereAPageIsInTheFirstPlace() {
        moves("/.well-known/oauth-authorization-server/realms/main");
        stand.issuer.answers(FakeIssuer.METADATA, response -> response.end("<html>"));
        stand.letsIn(stand.token());
    }

    @Test
    void refusesMetadataOfAnotherIssuer() {
        for (String other : List.of("https://evil.example", stand.issuer.url() + "/", "")) {
            publishes(stand.issuer.metadata().put("issuer", other));
            stand.isAtALoss(stand.token(), "another issuer's");
            stand.pass(Duration.ofSeconds(5));
        }
        assertEquals(0, stand.issuer.asked(FakeIssuer.KEYS));
    }

    @Test
    void takesAnIssuerThatEndsInASlash() {
        String issuer = stand.issuer.url() + "/";
        publishes(stand.issuer.metadata().put("issuer", issuer));
        stand.letsIn(Stand.trust(issuer), stand.token(stand.claims().put("iss", issuer)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "<html>", "[]", "null", "{\"issuer\":" })
    void letsNobodyInByMetadataThatCantBeRead(String garbage) {
        stand.issuer.answers(FakeIssuer.METADATA, BackEnd.json(garbage));
        stand.isAtALoss(stand.token(), "no JSON object");
    }

    @Test
    void letsNobodyInByMetadataWithoutKeys() {
        JsonObject metadata = stand.issuer.metadata();
        metadata.remove("jwks_uri");
        publishes(metadata);
        stand.isAtALoss(stand.token(), "publishes no keys");
    }

    @Test
    void letsNobodyInByKeysThatAreNowhere() {
        publishes(stand.issuer.metadata().put("jwks_uri", "no url"));
        stand.isAtALoss(stand.token(), "jwks_uri is no URL");
    }

    @Test
    void readsNoEndlessMetadata() {
        publishes(stand.issuer.metadata().put("note", "x".repeat(262_144)));
        stand.isAtALoss(stand.token(), "larger than 262144 bytes");
    }

    @Test
    void readsNoEndlessKeys() {
        stand.issuer.answers(FakeIssuer.KEYS, BackEnd.json("{\"keys\":[],\"note\":\"" + "x".repeat(262_144) + "\"}"));
        stand.isAtALoss(stand.token(), "larger than 262144 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://10.0.0.1", "http://169.254.169.254/latest", "http://[::1]/realms/main",
            "http://127.0.0.2" })
    void asksNoIssuerOnAPrivateAddress(String issuer) {
        stand.isAtALoss(Stand.trust(issuer), stand.token(stand.claims().put("iss", issuer)), "does not connect");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://issuer.example/?tenant=a", "https://issuer.example/#a", "mailto:issuer",
            "not a url", "ftp://127.0.0.1/" })
    void asksNoIssuerThatIsNoPlainUrl(String issuer) {
        Problem problem = assertThrows(Problem.class,
                () -> stand.verify(Stand.trust(issuer), stand.token(stand.claims().put("iss", issuer))).await()
                        .atMost(Duration.ofSeconds(30)));
        assertEquals(Problem.Kind.UNAVAILABLE, problem.kind());
    }

    @Test
    void readsNoKeysFromAPrivateAddress() {
        try (FakeIssuer inside = new FakeIssuer("127.0.0.2")) {
            inside.publishes(stand.key);
            String keys = "http://127.0.0.2:" + inside.port() + FakeIssuer.KEYS;
            publishes(stand.issuer.metadata().put("jwks_uri", keys));
            stand.isAtALoss(stand.token(), "does not connect");
            assertEquals(0, inside.asked(FakeIssuer.KEYS));
        }
    }

    @Test
    void followsNoRedirectToAPrivateAddress() {
        try (FakeIssuer inside = new FakeIssuer("127.0.0.2")) {
            inside.publishes(stand.key);
            stand.issuer.answers(FakeIssuer.KEYS, response -> response.setStatusCode(302)
                    .putHeader("Location", "http://127.0.0.2:" + inside.port() + FakeIssuer.KEYS).end());
            stand.isAtALoss(stand.token(), "does not connect");
            assertEquals(0, inside.asked(FakeIssuer.KEYS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "jwks_uri", "introspection_endpoint" })
    void anIssuerBehindTlsHasAllOfItBehindTls(String endpoint) {
        JsonObject metadata = new JsonObject().put("issuer", "https://a.example").put("jwks_uri", "https://a.example/k")
                .put(endpoint, "http://a.example/k");
        assertThrows(Problem.class, () -> Discovery.read("https://a.example",
                new Document(metadata.encode(), Duration.ZERO)));
    }
}
