package io.gatehouse.access.issuers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.FakeIssuer;
import io.vertx.core.json.JsonObject;

/** How long keys, and tokens that were verified by them, are kept. */
class PublishedKeysTest {

    private static final String UNKNOWN_KEY = "The token is signed with a key that its issuer does not publish";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Stand stand = new Stand();
    private final PublicJsonWebKey next = Stand.key("ES256");

    @AfterEach
    void close() {
        stand.close();
    }

    private String lasting() {
        return stand.token(lastingClaims());
    }

    private JsonObject lastingClaims() {
        return stand.claims().put("exp", stand.now().getEpochSecond() + 100_000);
    }

    private long fetches() {
        return stand.issuer.asked(FakeIssuer.KEYS);
    }

    private void isDown() {
        stand.issuer.answers(FakeIssuer.KEYS, response -> response.setStatusCode(503).end());
    }

    @Test
    void asksForTheKeysOnceForManyTokens() {
        stand.letsIn(stand.token());
        stand.letsIn(stand.token(stand.claims().put("jti", "other")));
        assertEquals(1, fetches());
        assertEquals(1, stand.issuer.asked(FakeIssuer.METADATA));
    }

    @Test
    void sharesTheQuestionAmongAllWhoWait() {
        List<CompletableFuture<Visitor>> visitors = IntStream.range(0, 20)
                .mapToObj(i -> stand.verify(stand.trust, stand.token(stand.claims().put("jti", "" + i)))
                        .subscribeAsCompletionStage())
                .toList();
        visitors.forEach(CompletableFuture::join);
        assertEquals(1, fetches());
    }

    @Test
    void keepsKeysForAsLongAsTheIssuerSays() {
        stand.issuer.publishes("public, max-age=600, must-revalidate", stand.key);
        lives(Duration.ofMinutes(10));
    }

    @Test
    void keepsKeysForFiveMinutesWhereTheIssuerSaysNothing() {
        lives(Duration.ofMinutes(5));
    }

    @Test
    void keepsKeysForAMinuteAtLeast() {
        stand.issuer.publishes("no-store", stand.key);
        lives(MINUTE);
        stand.issuer.publishes("max-age=1", stand.key);
        stand.pass(Duration.ofMinutes(10));
        stand.letsIn(lasting());
        lives(MINUTE);
    }

    @Test
    void keepsKeysForAnHourAtMost() {
        stand.issuer.publishes("max-age=99999999", stand.key);
        lives(HOUR);
    }

    private void lives(Duration life) {
        String token = lasting();
        stand.letsIn(token);
        long before = fetches();
        stand.pass(life.minus(SECOND));
        stand.letsIn(token);
        assertEquals(before, fetches());
        stand.pass(SECOND);
        stand.letsIn(token);
        assertEquals(before + 1, fetches());
    }

    @Test
    void takesAnotherKeyAsSoonAsATokenNamesIt() {
        stand.letsIn(stand.token());
        stand.issuer.publishes(stand.key, next);
        stand.letsIn(FakeIssuer.sign(stand.claims(), next, "ES256"));
        assertEquals(2, fetches());
    }

    @Test
    void asksOnceInHalfAMinuteForKeysThatItDoesNotKnow() {
        stand.letsIn(stand.token());
        for (int i = 0; i < 5; i++) {
            stand.refuses(FakeIssuer.sign(stand.claims(), next, "ES256"), UNKNOWN_KEY);
        }
        assertEquals(2, fetches());
        stand.pass(Duration.ofSeconds(29));
        stand.refuses(FakeIssuer.sign(stand.claims(), next, "ES256"), UNKNOWN_KEY);
        assertEquals(2, fetches());
        stand.pass(SECOND);
        stand.issuer.publishes(next);
        stand.letsIn(FakeIssuer.sign(stand.claims(), next, "ES256"));
        assertEquals(3, fetches());
    }

    @Test
    void aKeyThatIsTakenBackOpensNothingOnceTheKeysAreReadAgain() {
        String token = lasting();
        stand.letsIn(token);
        stand.issuer.publishes(next);
        stand.letsIn(token);
        stand.letsIn(FakeIssuer.sign(stand.claims(), next, "ES256"));
        stand.refuses(token, UNKNOWN_KEY);
    }

    @Test
    void aKeyThatIsTakenBackOpensNothingOnceTheKeysAreOld() {
        String token = lasting();
        stand.letsIn(token);
        stand.issuer.publishes(next);
        stand.pass(Duration.ofMinutes(5));
        stand.refuses(token, UNKNOWN_KEY);
    }

    @Test
    void aTokenThatIsKeptOpensNothingBeyondItsEnd() {
        String token = stand.token();
        stand.letsIn(token);
        stand.pass(Duration.ofSeconds(330));
        stand.refuses(token, "The token is expired");
    }

    @Test
    void aTokenThatIsKeptIsKeptForOneTrustOnly() {
        String token = stand.token();
        stand.letsIn(token);
        stand.refuses(new TrustedIssuer(stand.issuer.url(), "other", List.of(), null), token,
                "The token is meant for another audience");
        stand.refuses(Stand.trust("http://127.0.0.1:1"), token, "The token is of another issuer");
    }

    @Test
    void letsNobodyInWhileTheIssuerIsDown() {
        isDown();
        stand.isAtALoss(stand.token(), "answers 503");
        assertEquals(1, fetches());
        stand.pass(Duration.ofSeconds(4));
        stand.isAtALoss(stand.token(), "answers 503");
        assertEquals(1, fetches());
        stand.pass(SECOND);
        stand.issuer.publishes(stand.key);
        stand.letsIn(stand.token());
    }

    @Test
    void servesTheKeysThatItHasForAnHourWhileTheIssuerIsDown() {
        String token = lasting();
        stand.letsIn(token);
        isDown();
        stand.pass(Duration.ofMinutes(59));
        stand.letsIn(token);
        stand.letsIn(lasting());
        stand.isAtALoss(FakeIssuer.sign(stand.claims(), next, "ES256"), "answers 503");
        stand.pass(MINUTE);
        stand.isAtALoss(token, "answers 503");
    }

    @Test
    void takesKeysUpAgainOnceTheIssuerIsBack() {
        stand.letsIn(stand.token());
        isDown();
        stand.pass(Duration.ofMinutes(5));
        stand.letsIn(lasting());
        stand.issuer.publishes(next);
        stand.pass(Duration.ofSeconds(5));
        stand.letsIn(FakeIssuer.sign(stand.claims(), next, "ES256"));
        stand.refuses(lasting(), UNKNOWN_KEY);
    }

    @Test
    void letsNobodyInByKeysThatCantBeRead() {
        for (String garbage : List.of("", "<html>", "[]", "{}", "{\"keys\":7}", "{\"keys\":[1]}", "[".repeat(50_000))) {
            stand.issuer.answers(FakeIssuer.KEYS, BackEnd.json(garbage));
            stand.isAtALoss(stand.token(), "no JSON Web Key Set");
            stand.pass(Duration.ofSeconds(5));
        }
    }

    @Test
    void passesOverKeysThatItDoesNotUnderstand() {
        String good = stand.key.toJson();
        stand.issuer.answers(FakeIssuer.KEYS, BackEnd.json("{\"keys\":[{},{\"kty\":\"quantum\"},{\"kty\":\"RSA\",\"n\":7},"
                + good + "]}"));
        stand.letsIn(stand.token());
    }
}
