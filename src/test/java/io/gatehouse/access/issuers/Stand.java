package io.gatehouse.access.issuers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

import io.gatehouse.access.issuers.TrustedIssuer.Introspection;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.outbound.OpenOutbound;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.RsaKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;

/** The door of the room before an issuer of the tests' own, at a time that stands still until it is moved. */
final class Stand implements AutoCloseable {

    static final String AUDIENCE = "https://gw.example/s/abc/mcp";
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final FakeIssuer issuer = new FakeIssuer();
    final PublicJsonWebKey key = RsaKeys.ours();
    final TrustedIssuer trust = trust(issuer.url());
    private final Context loop = issuer.vertx().getOrCreateContext();
    private final Issuers issuers;
    private volatile Instant now = START;

    Stand() {
        this("127.0.0.0/8");
    }

    Stand(String... ranges) {
        Outbound outbound = OpenOutbound.to(issuer.vertx(), ranges);
        Clock clock = new StandingClock();
        Documents documents = new Documents(outbound);
        Discovery discovery = new Discovery(documents, clock);
        issuers = new Issuers(new SignedTokens(discovery, documents, clock), new OpaqueTokens(discovery, outbound, clock),
                clock, Duration.ofSeconds(10));
        issuer.publishes(key);
    }

    private final class StandingClock extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static TrustedIssuer trust(String issuer) {
        return new TrustedIssuer(issuer, AUDIENCE, List.of("mcp:read"), null);
    }

    TrustedIssuer trustWithIntrospection() {
        return new TrustedIssuer(issuer.url(), AUDIENCE, List.of(), new Introspection("gate:house", "s3cret/+"));
    }

    /** Another pair of keys for an algorithm than the one before. */
    static PublicJsonWebKey key(String algorithm) {
        try {
            PublicJsonWebKey key = switch (algorithm) {
                case "ES256" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
                case "ES384" -> EcJwkGenerator.generateJwk(EllipticCurves.P384);
                case "ES512" -> EcJwkGenerator.generateJwk(EllipticCurves.P521);
                case "EdDSA" -> OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
                default -> RsaKeys.another();
            };
            key.setKeyId(UUID.randomUUID().toString());
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a good token says. */
    JsonObject claims() {
        return new JsonObject().put("iss", issuer.url()).put("aud", AUDIENCE).put("sub", "alice")
                .put("scope", "mcp:read mcp:write").put("iat", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + 300);
    }

    String token() {
        return token(claims());
    }

    String token(JsonObject claims) {
        return FakeIssuer.sign(claims, key, "RS256");
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    /** Asked on an event loop, as the gateway does. */
    Uni<Visitor> verify(TrustedIssuer trust, String token) {
        return Uni.createFrom().deferred(() -> issuers.verify(trust, token))
                .runSubscriptionOn(work -> loop.runOnContext(here -> work.run()));
    }

    Visitor letsIn(String token) {
        return letsIn(trust, token);
    }

    Visitor letsIn(TrustedIssuer trust, String token) {
        Visitor visitor = verify(trust, token).await().atMost(PATIENCE);
        assertEquals(trust.issuer() + "#alice", visitor.subject());
        return visitor;
    }

    void refuses(String token, String why) {
        refuses(trust, token, why);
    }

    void refuses(TrustedIssuer trust, String token, String why) {
        Problem problem = fails(trust, token);
        assertEquals(Problem.Kind.UNAUTHENTICATED, problem.kind(), problem.getMessage());
        assertEquals(why, problem.getMessage());
        assertTrue(why.matches("[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]+"), "RFC 6750, section 3");
    }

    /** The issuer can't be asked, for a reason that has this in it. */
    void isAtALoss(TrustedIssuer trust, String token, String why) {
        Problem problem = fails(trust, token);
        assertEquals(Problem.Kind.UNAVAILABLE, problem.kind(), problem.getMessage());
        assertTrue(problem.getCause().getMessage().contains(why), problem.getCause().getMessage());
    }

    void isAtALoss(String token, String why) {
        isAtALoss(trust, token, why);
    }

    private Problem fails(TrustedIssuer trust, String token) {
        return assertThrows(Problem.class, () -> verify(trust, token).await().atMost(PATIENCE));
    }

    @Override
    public void close() {
        issuer.close();
    }
}
