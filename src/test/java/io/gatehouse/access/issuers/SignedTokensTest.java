package io.gatehouse.access.issuers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.FakeIssuer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Which JWTs open a server, and which attacks don't. */
class SignedTokensTest {

    private static final String MALFORMED = "The token is malformed";
    private static final String NOT_ACCEPTED = "The token's signature algorithm is not accepted";
    private static final String WRONG = "The token's signature is wrong";
    private static final String UNKNOWN_KEY = "The token is signed with a key that its issuer does not publish";
    private static final String NOT_UNDERSTOOD = "The token has an extension that is not understood";

    private final Stand stand = new Stand();

    @AfterEach
    void close() {
        stand.close();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(byte[] secret, JsonObject claims, String keyId) throws JoseException {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.encode());
        token.setAlgorithmHeaderValue("HS256");
        token.setKeyIdHeaderValue(keyId);
        token.setKey(new HmacKey(secret));
        return token.getCompactSerialization();
    }

    @ParameterizedTest
    @ValueSource(strings = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA" })
    void letsInWhoBearsAGoodToken(String algorithm) {
        PublicJsonWebKey key = Stand.key(algorithm);
        stand.issuer.publishes(Stand.key("RS256"), key, Stand.key("ES256"));
        Visitor visitor = stand.letsIn(FakeIssuer.sign(stand.claims(), key, algorithm));
        assertEquals(Set.of("mcp:read", "mcp:write"), visitor.scopes());
        assertEquals(stand.now().plusSeconds(300), visitor.until());
    }

    @Test
    void refusesATokenWithoutASignature() {
        String claims = base64(stand.claims().encode());
        for (String algorithm : List.of("none", "None", "NONE", "")) {
            stand.refuses(base64("{\"alg\":\"" + algorithm + "\"}") + "." + claims + ".", NOT_ACCEPTED);
        }
        stand.refuses(base64("{}") + "." + claims + ".", NOT_ACCEPTED);
        stand.refuses(base64("{\"alg\":\"RS256\",\"kid\":\"" + stand.key.getKeyId() + "\"}") + "." + claims + ".", WRONG);
    }

    @Test
    void refusesATokenSignedWithThePublicKeyAsASecret() throws JoseException {
        byte[] der = stand.key.getPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        String jwk = stand.key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        for (byte[] secret : List.of(der, pem.getBytes(StandardCharsets.UTF_8), jwk.getBytes(StandardCharsets.UTF_8))) {
            stand.refuses(hmac(secret, stand.claims(), stand.key.getKeyId()), NOT_ACCEPTED);
        }
    }

    @Test
    void refusesATokenSignedWithASecretThatTheIssuerPublishes() throws JoseException {
        byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        OctetSequenceJsonWebKey key = new OctetSequenceJsonWebKey(new HmacKey(secret));
        key.setKeyId("shared");
        String set = "{\"keys\":[" + key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_SYMMETRIC) + "]}";
        stand.issuer.answers(FakeIssuer.KEYS, BackEnd.json(set));
        stand.refuses(hmac(secret, stand.claims(), "shared"), NOT_ACCEPTED);
        stand.refuses(FakeIssuer.sign(stand.claims(), stand.key, "RS256", Map.of("kid", "shared")), UNKNOWN_KEY);
    }

    @Test
    void refusesAnAlgorithmThatIsNotTheKeys() {
        PublicJsonWebKey small = Stand.key("ES256");
        stand.key.setAlgorithm("RS256");
        stand.issuer.publishes(stand.key, small);
        stand.letsIn(stand.token());
        stand.refuses(FakeIssuer.sign(stand.claims(), stand.key, "PS256"), UNKNOWN_KEY);
        stand.refuses(FakeIssuer.sign(stand.claims(), small, "ES256", Map.of("kid", stand.key.getKeyId())), UNKNOWN_KEY);
        stand.refuses(FakeIssuer.sign(stand.claims(), Stand.key("ES384"), "ES384", Map.of("kid", small.getKeyId())),
                UNKNOWN_KEY);
    }

    @Test
    void refusesAKeyThatIsForSomethingElse() {
        stand.key.setUse("enc");
        stand.issuer.publishes(stand.key);
        stand.refuses(stand.token(), UNKNOWN_KEY);
    }

    @Test
    void refusesASignatureOfAWeakKey() throws JoseException {
        PublicJsonWebKey weak = RsaJwkGenerator.generateJwk(1024);
        weak.setKeyId("weak");
        stand.issuer.publishes(weak);
        stand.refuses(FakeIssuer.sign(stand.claims(), weak, "RS256"),
                "The token's signature can't be checked with its issuer's key");
    }

    @Test
    void refusesAForgedSignature() {
        String token = stand.token();
        String[] parts = token.split("\\.");
        stand.refuses(parts[0] + "." + base64(stand.claims().put("sub", "mallory").encode()) + "." + parts[2], WRONG);
        PublicJsonWebKey thief = Stand.key("RS256");
        stand.refuses(FakeIssuer.sign(stand.claims(), thief, "RS256", Map.of("kid", stand.key.getKeyId())), WRONG);
    }

    @Test
    void looksAtNoKeyThatComesWithTheToken() {
        try (FakeIssuer thief = new FakeIssuer()) {
            PublicJsonWebKey key = Stand.key("RS256");
            thief.publishes(key);
            Map<String, Object> jwk = key.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
            String keys = thief.url() + "/keys";
            for (Map<String, ?> header : List.of(Map.of("jwk", jwk), Map.of("jku", keys), Map.of("x5u", keys),
                    Map.of("x5c", List.of(base64("certificate"))))) {
                stand.refuses(FakeIssuer.sign(stand.claims(), key, "RS256", header), UNKNOWN_KEY);
            }
            stand.refuses(FakeIssuer.sign(stand.claims(), key, "RS256",
                    Map.of("jwk", jwk, "kid", stand.key.getKeyId())), WRONG);
            assertEquals(0, thief.asked(FakeIssuer.KEYS));
        }
    }

    @Test
    void refusesATokenOfAnotherIssuer() {
        String other = "The token is of another issuer";
        for (String issuer : List.of("https://evil.example", stand.issuer.url() + "/", stand.issuer.url().toUpperCase())) {
            stand.refuses(stand.token(stand.claims().put("iss", issuer)), other);
        }
        JsonObject nobodys = stand.claims();
        nobodys.remove("iss");
        stand.refuses(stand.token(nobodys), "The token does not name its issuer");
        assertEquals(0, stand.issuer.asked(FakeIssuer.METADATA), "nobody is asked about it");
    }

    @Test
    void refusesATokenOfAnotherAudience() {
        String other = "The token is meant for another audience";
        stand.refuses(stand.token(stand.claims().put("aud", "https://gw.example/s/other/mcp")), other);
        stand.refuses(stand.token(stand.claims().put("aud", new JsonArray())), other);
        JsonObject everybodys = stand.claims();
        everybodys.remove("aud");
        stand.refuses(stand.token(everybodys), "The token does not name its audience");
        stand.letsIn(stand.token(stand.claims().put("aud", new JsonArray().add("other").add(Stand.AUDIENCE))));
    }

    @Test
    void refusesATokenThatNamesNobodyOrNeverEnds() {
        JsonObject nobody = stand.claims();
        nobody.remove("sub");
        stand.refuses(stand.token(nobody), "The token does not name its subject");
        JsonObject endless = stand.claims();
        endless.remove("exp");
        stand.refuses(stand.token(endless), "The token has no expiry");
    }

    @Test
    void allowsClocksToDifferByHalfAMinute() {
        long now = stand.now().getEpochSecond();
        stand.letsIn(stand.token(stand.claims().put("iat", now - 100).put("exp", now - 29)));
        stand.refuses(stand.token(stand.claims().put("iat", now - 100).put("exp", now - 30)), "The token is expired");
        stand.letsIn(stand.token(stand.claims().put("nbf", now + 30)));
        stand.refuses(stand.token(stand.claims().put("nbf", now + 31)), "The token is not yet valid");
        stand.letsIn(stand.token(stand.claims().put("iat", now + 30)));
        stand.refuses(stand.token(stand.claims().put("iat", now + 31)), "The token was issued in the future");
    }

    @Test
    void letsInWhoBearsATokenThatEndsInTheFarFuture() {
        stand.letsIn(stand.token(stand.claims().put("exp", Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "JWT", "jwt", "at+jwt", "application/at+jwt" })
    void acceptsTheTypesOfAccessTokens(String type) {
        stand.letsIn(FakeIssuer.sign(stand.claims(), stand.key, "RS256", Map.of("typ", type)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "logout+jwt", "dpop+jwt", "oauth-id-jag+jwt", "id_token", "" })
    void refusesATokenThatIsForSomethingElse(String type) {
        stand.refuses(FakeIssuer.sign(stand.claims(), stand.key, "RS256", Map.of("typ", type)),
                "The token is no access token");
    }

    @Test
    void refusesExtensionsThatItDoesNotKnow() {
        stand.refuses(FakeIssuer.sign(stand.claims(), stand.key, "RS256", Map.of("crit", List.of("exp"), "exp", 1)),
                NOT_UNDERSTOOD);
        stand.refuses(FakeIssuer.sign(stand.claims(), stand.key, "RS256", Map.of("crit", List.of())), NOT_UNDERSTOOD);
        stand.refuses(FakeIssuer.sign(stand.claims(), stand.key, "RS256", Map.of("b64", true)), NOT_UNDERSTOOD);
    }

    @Test
    void refusesAnEncryptedToken() throws JoseException {
        JsonWebEncryption token = new JsonWebEncryption();
        token.setPayload(stand.token());
        token.setAlgorithmHeaderValue("RSA-OAEP-256");
        token.setEncryptionMethodHeaderParameter("A128GCM");
        token.setKey(stand.key.getPublicKey());
        stand.refuses(token.getCompactSerialization(), "The token is no signed JWT, and others are not accepted");
    }

    @Test
    void refusesATokenInsideAToken() {
        JsonWebSignature outer = new JsonWebSignature();
        outer.setPayload(stand.token());
        outer.setAlgorithmHeaderValue("RS256");
        outer.setKeyIdHeaderValue(stand.key.getKeyId());
        outer.setContentTypeHeaderValue("JWT");
        outer.setKey(stand.key.getPrivateKey());
        stand.refuses(compact(outer), MALFORMED);
    }

    @Test
    void refusesAnEndlessTokenUnread() {
        stand.letsIn(stand.token(stand.claims().put("note", "x".repeat(10_000))));
        stand.refuses(stand.token(stand.claims().put("note", "x".repeat(12_288))), "The token is empty or too long");
        stand.refuses("", "The token is empty or too long");
    }

    @Test
    void refusesWhatOnlyLooksLikeAToken() {
        String claims = base64(stand.claims().encode());
        for (String header : List.of("", "x", "[]", "null", "1", "{", "{\"alg\":1}", "{\"alg\":[\"RS256\"]}",
                "{\"alg\":\"RS256\",\"kid\":7}", "{\"alg\":\"RS256\",\"typ\":{}}", "{\"alg\":\"RS256\",\"alg\":\"ES256\"}",
                "[".repeat(5_000))) {
            stand.refuses(base64(header) + "." + claims + ".eA", MALFORMED);
        }
        for (String payload : List.of("", "x", "[]", "7", "{\"aud\":", "{\"a\":" + "[".repeat(5_000),
                "{\"iss\":\"a\",\"iss\":\"b\"}")) {
            stand.refuses(base64("{\"alg\":\"RS256\"}") + "." + base64(payload) + ".eA", MALFORMED);
        }
        stand.refuses("..", MALFORMED);
        assertEquals(0, stand.issuer.asked(FakeIssuer.METADATA), "nobody is asked about it");
    }

    @Test
    void refusesClaimsOfTheWrongType() {
        for (String claim : List.of("exp", "nbf", "iat", "sub", "iss", "aud")) {
            stand.refuses(stand.token(stand.claims().put(claim, new JsonObject())), MALFORMED);
        }
    }

    @Test
    void takesATokenThatNamesNoKeyWhereOnlyOneFits() {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(stand.claims().encode());
        token.setAlgorithmHeaderValue("RS256");
        token.setKey(stand.key.getPrivateKey());
        String unnamed = compact(token);
        stand.issuer.publishes(stand.key, Stand.key("RS256"));
        stand.refuses(unnamed, UNKNOWN_KEY);
        stand.pass(Duration.ofSeconds(31));
        stand.issuer.publishes(stand.key, Stand.key("ES256"));
        stand.letsIn(unnamed);
    }

    private static String compact(JsonWebSignature token) {
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readsScopesHoweverTheyAreWritten() {
        Set<String> both = Set.of("mcp:read", "mcp:write");
        JsonArray list = new JsonArray().add("mcp:read").add("mcp:write").add(7);
        for (Object written : List.of("mcp:read mcp:write", " mcp:write  mcp:read mcp:read", list)) {
            assertEquals(both, stand.letsIn(stand.token(stand.claims().put("scope", written))).scopes());
            JsonObject scp = stand.claims().put("scp", written);
            scp.remove("scope");
            assertEquals(both, stand.letsIn(stand.token(scp)).scopes());
        }
        assertEquals(Set.of(), stand.letsIn(stand.token(stand.claims().put("scope", 7))).scopes());
    }
}
