package io.gatehouse.contract.oauth;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.MovableClock;
import io.gatehouse.testing.OtherWorkspace;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** {@code /api/iam/service_accounts}, and the grant {@code client_credentials} by which programs use MCP servers. */
@QuarkusTest
class ServiceAccountsContractDbTest {

    private static final String ACCOUNTS = "/api/iam/service_accounts";
    private static final String ISSUER = "http://gatehouse.test/oauth";

    @Inject
    Identity identity;
    @Inject
    Deployment deployment;
    @Inject
    OtherWorkspace others;
    @Inject
    Ledger ledger;
    @Inject
    MovableClock clock;

    /** @param secret null for one with keys */
    private record Account(int id, String client, String secret) {

        String path() {
            return ACCOUNTS + "/" + id;
        }
    }

    private static Account account(JsonPath made) {
        return new Account(made.getInt("id"), made.getString("client_id"), made.getString("client_secret"));
    }

    private Account create() {
        return account(deployment.api().body(Map.of("name", "Report")).post(ACCOUNTS).then().statusCode(200).extract()
                .jsonPath());
    }

    private Account create(ECKey key) {
        return account(deployment.api().body(Map.of("name", "Report", "jwks", new JWKSet(key).toPublicJWKSet().toJSONObject()))
                .post(ACCOUNTS).then().statusCode(200).body("client_secret", nullValue())
                .body("token_endpoint_auth_method", equalTo("private_key_jwt")).extract().jsonPath());
    }

    private void join(Account account, Guarded server) {
        deployment.api().body(Map.of("user_group_id", server.group())).post(account.path() + "/add_to_group").then()
                .statusCode(200).body("user_group_ids", hasItem(server.group()));
    }

    private static Map<String, String> ask(Account account, Guarded server) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of("grant_type", "client_credentials", "client_id",
                account.client(), "resource", server.resource()));
        if (account.secret() != null) {
            fields.put("client_secret", account.secret());
        }
        return fields;
    }

    private String token(Account account, Guarded server) {
        Answer answer = identity.token(ask(account, server));
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("access_token").asText();
    }

    private static int ping(Guarded server, String token) {
        Agent agent = server.agent(token);
        return agent.send(agent.legacy(1, "ping", Map.of())).join().statusCode();
    }

    private static void assertRefused(int status, String error, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(error, answer.json().path("error").asText(), answer.text());
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    // G-11
    @Test
    void makesShowsAndDeletesAServiceAccount() {
        JsonPath made = deployment.api().body(Map.of("name", " Report ")).post(ACCOUNTS).then().statusCode(200)
                .body("name", equalTo("Report")).body("user_group_ids", empty())
                .body("token_endpoint_auth_method", equalTo("client_secret_basic")).extract().jsonPath();
        Account account = account(made);
        assertTrue(account.secret().startsWith("gms_"));

        deployment.api().body(Map.of("name", "Nightly")).put(account.path()).then().statusCode(200)
                .body("name", equalTo("Nightly")).body("client_secret", nullValue());
        deployment.api().get(account.path()).then().statusCode(200).body("client_id", equalTo(account.client()))
                .body("client_secret", nullValue());
        deployment.api().get(ACCOUNTS + "?per_page=1").then().statusCode(200).body("items.size()", equalTo(1));
        deployment.api().delete(account.path()).then().statusCode(200).body("success", equalTo(true));
        deployment.api().get(account.path()).then().statusCode(404);
        assertEquals(List.of("service_account.created", "service_account.updated", "service_account.deleted"),
                ledger.actions("service_account", account.id()));
    }

    @Test
    void keepsNoSecretThatCanBeRead() {
        Account account = create();
        assertEquals(0, ledger.count("select count(*) from service_account where secret_digest = '" + account.secret() + "'"));
        assertFalse(ledger.last("service_account", account.id()).changes().prettify().contains(account.secret()));
    }

    // P-11
    @Test
    void letsOnlyThoseManageThemWhoMayEditUsers() {
        String viewer = deployment.client(deployment.role("view_users"), null).getString("token");
        Account account = create();
        Deployment.as(viewer).get(account.path()).then().statusCode(200);
        Deployment.as(viewer).body(Map.of("name", "Mine")).post(ACCOUNTS).then().statusCode(403);
        Deployment.as(viewer).post(account.path() + "/rotate_secret").then().statusCode(403);
        Deployment.as(viewer).body(Map.of("user_group_id", 1)).post(account.path() + "/add_to_group").then().statusCode(403);
        Deployment.as(viewer).delete(account.path()).then().statusCode(403);
        String nobody = deployment.client(deployment.role("view_tools"), null).getString("token");
        Deployment.as(nobody).get(ACCOUNTS).then().statusCode(403);
        Deployment.as(others.administrator(others.create())).get(account.path()).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({ "{}, name", "{\"name\":\" \"}, name", "{\"name\":\"R\";\"jwks\":{}}, jwks",
            "{\"name\":\"R\";\"jwks\":{\"keys\":[]}}, jwks", "{\"name\":\"R\";\"jwks\":{\"keys\":[null]}}, jwks",
            "{\"name\":\"R\";\"jwks\":{\"keys\":[1]}}, jwks", "{\"name\":\"R\";\"jwks\":{\"keys\":[{}]}}, jwks",
            "{\"name\":\"R\";\"jwks\":{\"keys\":[{\"kty\":\"oct\";\"k\":\"c2VjcmV0\"}]}}, jwks" })
    void refusesOneThatLacksSomething(String body, String field) {
        deployment.api().body(body.replace(';', ',')).post(ACCOUNTS).then().statusCode(400)
                .body("errors", hasKey(field));
    }

    /** It has been seen by now. */
    @Test
    void refusesAPrivateKey() {
        deployment.api().body(Map.of("name", "Report", "jwks", new JWKSet(key()).toJSONObject(false))).post(ACCOUNTS).then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void letsAProgramCallByItsSecret(boolean inTheHeader) {
        Account account = create();
        Guarded server = identity.server();
        join(account, server);
        Map<String, String> fields = ask(account, server);
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/x-www-form-urlencoded"));
        if (inTheHeader) {
            fields.keySet().removeAll(List.of("client_id", "client_secret"));
            headers.put("Authorization", "Basic " + Base64.getEncoder()
                    .encodeToString((account.client() + ":" + account.secret()).getBytes(StandardCharsets.US_ASCII)));
        }
        Answer answer = identity.wire().send(new Request("POST", "/oauth/token", headers,
                Identity.form(fields).getBytes(StandardCharsets.US_ASCII)));

        assertEquals(200, answer.status(), answer.text());
        assertEquals("mcp:read mcp:write", answer.json().path("scope").asText());
        assertTrue(answer.json().path("refresh_token").isMissingNode());
        String token = answer.json().path("access_token").asText();
        assertEquals(200, ping(server, token));
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        assertEquals("service_account:" + account.id(), Agent.json(claims).path("sub").asText());
        assertEquals(server.resource(), Agent.json(claims).path("aud").asText());
        assertEquals(account.client(), Agent.json(claims).path("client_id").asText());
    }

    @Test
    void narrowsTheScopeWhereLessIsAskedFor() {
        Account account = create();
        Guarded server = identity.server();
        join(account, server);
        Map<String, String> fields = ask(account, server);
        fields.put("scope", "mcp:read other");
        assertEquals("mcp:read", identity.token(fields).json().path("scope").asText());
        fields.put("scope", "other");
        assertRefused(400, "invalid_scope", identity.token(fields));
    }

    @Test
    void takesTheOnlyServerThatItMayUseForTheOneThatIsMeant() {
        Account account = create();
        Guarded server = identity.server();
        join(account, server);
        Map<String, String> fields = ask(account, server);
        fields.remove("resource");
        assertEquals(200, ping(server, identity.token(fields).json().path("access_token").asText()));
        join(account, identity.server());
        assertRefused(400, "invalid_target", identity.token(fields));
    }

    // P-9
    @Test
    void givesNoTokenForAServerOfWhichItIsInNoGroup() {
        Account account = create();
        join(account, identity.server());
        assertRefused(400, "invalid_target", identity.token(ask(account, identity.server())));
    }

    @Test
    void refusesATokenOfAnotherServer() {
        Account account = create();
        Guarded server = identity.server();
        Guarded other = identity.server();
        join(account, server);
        join(account, other);
        assertEquals(401, ping(other, token(account, server)));
    }

    // P-13
    @Test
    void takesAServiceAccountOutOfAServerAtOnce() {
        Account account = create();
        Guarded server = identity.server();
        join(account, server);
        String token = token(account, server);
        assertEquals(200, ping(server, token));

        deployment.api().body(Map.of("user_group_ids", List.of(server.group())))
                .post(account.path() + "/remove_from_group").then().statusCode(200).body("user_group_ids", empty());
        assertEquals(403, ping(server, token));
        join(account, server);
        assertEquals(200, ping(server, token));
        deployment.api().delete("/api/iam/user_groups/" + server.group()).then().statusCode(200);
        assertEquals(403, ping(server, token));
    }

    // P-13
    @Test
    void endsADeletedServiceAccountAtOnce() {
        Account account = create();
        Guarded server = identity.server();
        join(account, server);
        String token = token(account, server);
        assertEquals(200, ping(server, token));
        deployment.api().delete(account.path()).then().statusCode(200);
        assertEquals(401, ping(server, token));
        assertRefused(401, "invalid_client", identity.token(ask(account, server)));
    }

    @Test
    void endsTheOldSecretAndItsTokensWithANewOne() {
        Account account = create();
        Guarded server = identity.server();
        join(account, server);
        String token = token(account, server);
        assertEquals(200, ping(server, token));
        Account rotated = account(deployment.api().post(account.path() + "/rotate_secret").then().statusCode(200).extract()
                .jsonPath());
        assertEquals(401, ping(server, token));
        assertRefused(401, "invalid_client", identity.token(ask(account, server)));
        assertEquals(200, ping(server, token(rotated, server)));
    }

    @Test
    void refusesAnExpiredToken() {
        Account account = create();
        Guarded server = identity.server();
        join(account, server);
        String token = token(account, server);
        clock.ahead(Duration.ofHours(1), () -> assertEquals(401, ping(server, token)));
    }

    @ParameterizedTest
    @CsvSource({ "client_secret, gms_wrong", "client_secret, ''", "client_id, nobody" })
    void refusesWhoDoesNotKnowTheSecret(String field, String value) {
        Account account = create();
        Guarded server = identity.server();
        join(account, server);
        Map<String, String> fields = ask(account, server);
        fields.put(field, value);
        assertRefused(401, "invalid_client", identity.token(fields));
    }

    /** What registers itself is let in by people only. */
    @Test
    void givesNothingToAnApplicationThatRegisteredItself() {
        JsonPath client = JsonPath.from(identity.register(Map.of("client_name", "The app", "redirect_uris",
                List.of(Identity.REDIRECT))).text());
        assertRefused(401, "invalid_client", identity.token(
                ask(new Account(0, client.getString("client_id"), client.getString("client_secret")), identity.server())));
    }

    /** Nor may it act for people. */
    @Test
    void asksNoPersonForAServiceAccount() {
        assertEquals(400, new Browser()
                .get(Identity.authorize(identity.request(create().client(), identity.server()))).status());
    }

    private static JWTClaimsSet.Builder claims(Account account) {
        return new JWTClaimsSet.Builder().issuer(account.client()).subject(account.client()).audience(ISSUER)
                .jwtID(UUID.randomUUID().toString()).issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private static String signed(JWTClaimsSet.Builder claims, ECKey key) {
        try {
            SignedJWT assertion = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                    claims.build());
            assertion.sign(new ECDSASigner(key));
            return assertion.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer present(String assertion, Account account, Guarded server) {
        Map<String, String> fields = ask(account, server);
        fields.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        fields.put("client_assertion", assertion);
        return identity.token(fields);
    }

    @Test
    void letsAProgramCallByItsKey() {
        ECKey key = key();
        Account account = create(key);
        Guarded server = identity.server();
        join(account, server);
        for (String audience : List.of(ISSUER, ISSUER + "/token")) {
            Answer answer = present(signed(claims(account).audience(audience), key), account, server);
            assertEquals(200, answer.status(), answer.text());
            assertEquals(200, ping(server, answer.json().path("access_token").asText()));
        }
    }

    @Test
    void refusesAReplayedAssertion() {
        ECKey key = key();
        Account account = create(key);
        Guarded server = identity.server();
        join(account, server);
        String assertion = signed(claims(account), key);
        assertEquals(200, present(assertion, account, server).status());
        assertRefused(401, "invalid_client", present(assertion, account, server));
    }

    @Test
    void refusesAnAssertionThatIsNotItsOwn() {
        ECKey key = key();
        Account account = create(key);
        Guarded server = identity.server();
        join(account, server);
        Instant now = Instant.now();
        for (JWTClaimsSet.Builder claims : List.of(claims(account).audience("https://elsewhere.example"),
                claims(account).expirationTime(Date.from(now.minusSeconds(300))),
                claims(account).expirationTime(Date.from(now.plus(Duration.ofDays(1)))),
                claims(account).notBeforeTime(Date.from(now.plusSeconds(300))), claims(account).issuer("another"))) {
            assertEquals(401, present(signed(claims, key), account, server).status(), claims.build().toString());
        }
        assertRefused(401, "invalid_client", present(signed(claims(account), key()), account, server));
        assertRefused(400, "invalid_request", present(signed(claims(create(key)), key), account, server));
    }

    /** Algorithm confusion: the public key taken for a shared secret; and a key in the place of no key. */
    @Test
    void refusesAnAssertionOfAnotherAlgorithm() throws JOSEException {
        ECKey key = key();
        Account account = create(key);
        Guarded server = identity.server();
        join(account, server);
        SignedJWT mac = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
                claims(account).build());
        mac.sign(new MACSigner(key.toPublicJWK().toJSONString()));
        assertEquals(401, present(mac.serialize(), account, server).status());
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(
                StandardCharsets.US_ASCII)) + "." + signed(claims(account), key).split("\\.")[1] + ".";
        assertTrue(List.of(400, 401).contains(present(none, account, server).status()));
    }

    @Test
    void endsOldKeysAndTheirTokensWithNewOnes() {
        ECKey old = key();
        ECKey fresh = key();
        Account account = create(old);
        Guarded server = identity.server();
        join(account, server);
        String token = present(signed(claims(account), old), account, server).json().path("access_token").asText();
        assertEquals(200, ping(server, token));
        deployment.api().body(Map.of("jwks", new JWKSet(fresh).toPublicJWKSet().toJSONObject())).put(account.path()).then()
                .statusCode(200);
        assertEquals(401, ping(server, token));
        assertEquals(401, present(signed(claims(account), old), account, server).status());
        assertEquals(200, present(signed(claims(account), fresh), account, server).status());
        deployment.api().post(account.path() + "/rotate_secret").then().statusCode(409);
    }

    @Test
    void saysSoInTheMetadata() {
        var metadata = identity.wire().send(Request.of("GET", "/oauth/.well-known/openid-configuration")).json();
        assertTrue(metadata.path("grant_types_supported").toString().contains("client_credentials"), metadata.toString());
        assertTrue(metadata.path("token_endpoint_auth_methods_supported").toString().contains("private_key_jwt"));
        assertEquals(URI.create(ISSUER + "/token"), URI.create(metadata.path("token_endpoint").asText()));
    }

    /** Its tokens are for servers: what manages is an API client, or a person with a role. */
    @Test
    void letsNoServiceAccountManage() {
        Account account = create();
        Guarded server = identity.server();
        join(account, server);
        Deployment.as(token(account, server)).get(ACCOUNTS).then().statusCode(401);
        Map<String, String> fields = ask(account, server);
        fields.put("scope", "management");
        assertRefused(400, "invalid_scope", identity.token(fields));
        fields.remove("scope");
        fields.put("resource", "http://gatehouse.test/api");
        assertRefused(400, "invalid_target", identity.token(fields));
    }
}
