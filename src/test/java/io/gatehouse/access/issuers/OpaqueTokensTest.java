package io.gatehouse.access.issuers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.FakeIssuer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Tokens that only their issuer understands. */
class OpaqueTokensTest {

    private static final String TOKEN = "opaque/+token";
    private static final String INACTIVE = "The token is not active";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Stand stand = new Stand();
    private final TrustedIssuer trust = stand.trustWithIntrospection();

    @AfterEach
    void close() {
        stand.close();
    }

    private JsonObject active() {
        return stand.claims().put("active", true);
    }

    private void answers(JsonObject answer) {
        stand.issuer.answers(FakeIssuer.INTROSPECTION, BackEnd.json(answer.encode()));
    }

    private long asked() {
        return stand.issuer.asked(FakeIssuer.INTROSPECTION);
    }

    @Test
    void asksNobodyWhereIntrospectionIsOff() {
        answers(active());
        stand.refuses(TOKEN, "The token is no signed JWT, and others are not accepted");
        assertEquals(0, asked());
        assertEquals(0, stand.issuer.asked(FakeIssuer.METADATA));
    }

    @Test
    void letsInWhoBearsAnActiveToken() {
        answers(active());
        Visitor visitor = stand.letsIn(trust, TOKEN);
        assertEquals(Set.of("mcp:read", "mcp:write"), visitor.scopes());
        assertEquals(stand.now().plusSeconds(300), visitor.until());
    }

    @Test
    void asksAsTheClientThatItIs() {
        answers(active());
        stand.letsIn(trust, TOKEN);
        BackEnd.Request request = stand.issuer.last(FakeIssuer.INTROSPECTION);
        assertEquals("POST", request.method());
        String basic = Base64.getEncoder().encodeToString("gate%3Ahouse:s3cret%2F%2B".getBytes(StandardCharsets.UTF_8));
        assertEquals("Basic " + basic, request.headers().get("Authorization"));
        assertEquals(Set.of("token=opaque%2F%2Btoken", "token_type_hint=access_token"),
                Set.of(request.body().split("&")));
        assertFalse(trust.toString().contains("s3cret"));
    }

    @Test
    void takesAnAnswerThatSaysNoMoreThanItMust() {
        answers(new JsonObject().put("active", true).put("aud", Stand.AUDIENCE).put("sub", "alice"));
        Visitor visitor = stand.letsIn(trust, TOKEN);
        assertEquals(Set.of(), visitor.scopes());
        assertNull(visitor.until());
    }

    @Test
    void refusesWhatTheIssuerDoesNotVouchFor() {
        answers(new JsonObject().put("active", false));
        stand.refuses(trust, "1", INACTIVE);
        answers(active().put("active", false));
        stand.refuses(trust, "2", INACTIVE);
        answers(active().put("aud", new JsonArray().add("other")));
        stand.refuses(trust, "3", "The token is meant for another audience");
        JsonObject answer = active();
        answer.remove("aud");
        answers(answer);
        stand.refuses(trust, "4", "The token does not name its audience");
        answers(active().put("iss", "https://evil.example"));
        stand.refuses(trust, "5", "The token is of another issuer");
        answers(active().put("iat", stand.now().getEpochSecond() - 100).put("exp", stand.now().getEpochSecond() - 30));
        stand.refuses(trust, "6", "The token is expired");
        answers(active().put("nbf", stand.now().getEpochSecond() + 31));
        stand.refuses(trust, "7", "The token is not yet valid");
        answer = active();
        answer.remove("sub");
        answers(answer);
        stand.refuses(trust, "8", "The token does not name its subject");
    }

    @Test
    void keepsAnAnswerForTenSeconds() {
        answers(active());
        stand.letsIn(trust, TOKEN);
        answers(new JsonObject().put("active", false));
        stand.pass(Duration.ofSeconds(9));
        stand.letsIn(trust, TOKEN);
        assertEquals(1, asked());
        stand.pass(SECOND);
        stand.refuses(trust, TOKEN, INACTIVE);
    }

    @Test
    void keepsNoAnswerBeyondTheTokensEnd() {
        answers(active().put("exp", stand.now().getEpochSecond() + 3));
        stand.letsIn(trust, TOKEN);
        stand.pass(Duration.ofSeconds(3));
        answers(new JsonObject().put("active", false));
        stand.refuses(trust, TOKEN, INACTIVE);
    }

    @Test
    void keepsARefusalForFiveSeconds() {
        answers(new JsonObject().put("active", false));
        stand.refuses(trust, TOKEN, INACTIVE);
        answers(active());
        stand.pass(Duration.ofSeconds(4));
        stand.refuses(trust, TOKEN, INACTIVE);
        assertEquals(1, asked());
        stand.pass(SECOND);
        stand.letsIn(trust, TOKEN);
    }

    @Test
    void keepsAnAnswerForOneTrustOnly() {
        answers(active());
        stand.letsIn(trust, TOKEN);
        stand.refuses(new TrustedIssuer(trust.issuer(), "other", List.of(), trust.introspection()), TOKEN,
                "The token is meant for another audience");
    }

    @Test
    void asksOnceForAllWhoWait() {
        answers(active());
        Stream.generate(() -> stand.verify(trust, TOKEN).subscribeAsCompletionStage()).limit(20).toList()
                .forEach(CompletableFuture::join);
        assertEquals(1, asked());
    }

    @Test
    void letsNobodyInWhileTheIssuerIsDown() {
        stand.issuer.answers(FakeIssuer.INTROSPECTION, response -> response.setStatusCode(503).end());
        stand.isAtALoss(trust, TOKEN, "with 503");
        answers(active());
        stand.isAtALoss(trust, TOKEN, "with 503");
        assertEquals(1, asked());
        stand.pass(Duration.ofSeconds(5));
        stand.letsIn(trust, TOKEN);
    }

    @Test
    void letsNobodyInWhereItIsNotAnswered() {
        stand.issuer.answers(FakeIssuer.INTROSPECTION, response -> response.setStatusCode(401).end());
        stand.isAtALoss(trust, "1", "with 401");
        for (String garbage : List.of("", "true", "{}", "{\"active\":\"true\"}", "{\"active\":1}",
                "{\"active\":false,\"active\":true}")) {
            stand.issuer.answers(FakeIssuer.INTROSPECTION, BackEnd.json(garbage));
            stand.isAtALoss(trust, TOKEN, "what is no answer");
            stand.pass(Duration.ofSeconds(5));
        }
    }

    @Test
    void tellsNobodyElseTheToken() {
        try (FakeIssuer thief = new FakeIssuer()) {
            thief.answers(FakeIssuer.INTROSPECTION, BackEnd.json(active().encode()));
            stand.issuer.answers(FakeIssuer.INTROSPECTION, response -> response.setStatusCode(307)
                    .putHeader("Location", thief.url() + "/introspect").end());
            stand.isAtALoss(trust, TOKEN, "with 307");
            assertEquals(0, thief.asked(FakeIssuer.INTROSPECTION));
        }
    }

    @Test
    void letsNobodyInWhereTheIssuerOffersNoIntrospection() {
        JsonObject metadata = stand.issuer.metadata();
        metadata.remove("introspection_endpoint");
        stand.issuer.answers(FakeIssuer.METADATA, BackEnd.json(metadata.encode()));
        stand.isAtALoss(trust, TOKEN, "offers no introspection");
    }

    @Test
    void asksAboutNoSignedToken() {
        answers(active());
        stand.letsIn(trust, stand.token());
        stand.refuses(trust, stand.token(stand.claims().put("aud", "other")), "The token is meant for another audience");
        assertEquals(0, asked());
    }
}
