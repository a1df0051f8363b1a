package io.gatehouse.access.issuers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Problem.Kind;
import io.gatehouse.platform.Shared;
import io.gatehouse.platform.telemetry.Meters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Tells whom the tokens of issuers outside stand for. What came out is kept, by the token's digest: of a JWT until it
 * expires or its issuer's keys are others, of an opaque token for some seconds.
 */
@Singleton
public class Issuers {

    private static final int LONGEST_TOKEN = 16_384;
    private static final int MOST_KEPT = 10_000;
    private static final Duration REFUSAL_KEPT = Duration.ofSeconds(5);
    private static final Duration LONGEST_ANSWER_KEPT = Duration.ofSeconds(30);
    private static final Pattern JWT = Pattern.compile("[\\w-]*\\.[\\w-]*\\.[\\w-]*");

    private final SignedTokens signed;
    private final OpaqueTokens opaque;
    private final Clock clock;
    private final Duration answerKept;
    private final Cache<Key, Known> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
    private final Shared<Key, Visitor> asking = new Shared<>();

    @Inject
    Issuers(SignedTokens signed, OpaqueTokens opaque, Clock clock,
            @ConfigProperty(name = "gatehouse.issuers.introspection-kept", defaultValue = "10s") Duration answerKept) {
        this.signed = signed;
        this.opaque = opaque;
        this.clock = clock;
        Meters.cache("issuers-tokens", kept);
        this.answerKept = answerKept.compareTo(LONGEST_ANSWER_KEPT) < 0 ? answerKept : LONGEST_ANSWER_KEPT;
    }

    private record Key(TrustedIssuer trust, String digest) {
    }

    /** @param keys that the token was verified by, or null for an opaque one */
    private record Known(Uni<Visitor> answer, KeySet keys, Instant until) {
    }

    /**
     * Who bears the token. Whether its scopes are enough is for the caller to say. Fails with a {@link Problem}:
     * UNAUTHENTICATED, whose message tells what is wrong with the token and fits into an {@code error_description};
     * UNAVAILABLE where the issuer can't be asked.
     */
    public Uni<Visitor> verify(TrustedIssuer trust, String token) {
        if (token.isBlank() || token.length() > LONGEST_TOKEN) {
            return Uni.createFrom().failure(Problem.unauthenticated("The token is empty or too long"));
        }
        Key key = new Key(trust, TokenDigest.of(token));
        Known known = kept.getIfPresent(key);
        if (known != null && clock.instant().isBefore(known.until())
                && (known.keys() == null || signed.areCurrent(trust.issuer(), known.keys()))) {
            return known.answer();
        }
        return JWT.matcher(token).matches() ? verifySigned(key, token) : asking.of(key, () -> verifyOpaque(key, token));
    }

    private Uni<Visitor> verifySigned(Key key, String token) {
        return Uni.createFrom().deferred(() -> signed.verify(key.trust(), token))
                .map(verified -> keep(key, verified.visitor(), verified.keys(), null))
                .onFailure(Problem.class).transform(failure -> refusal(key, failure));
    }

    private Uni<Visitor> verifyOpaque(Key key, String token) {
        return Uni.createFrom().deferred(() -> opaque.verify(key.trust(), token))
                .map(visitor -> keep(key, visitor, null, clock.instant().plus(answerKept)))
                .onFailure(Problem.class).transform(failure -> refusal(key, failure))
                .onFailure(Problem.class)
                .invoke(refusal -> kept.put(key,
                        new Known(Uni.createFrom().failure(refusal), null, clock.instant().plus(REFUSAL_KEPT))));
    }

    /** @param latest or null where the token's own end is the only bound */
    private Visitor keep(Key key, Visitor visitor, KeySet keys, Instant latest) {
        Instant end = visitor.until();
        kept.put(key, new Known(Uni.createFrom().item(visitor), keys,
                end == null || latest != null && latest.isBefore(end) ? latest : end));
        return visitor;
    }

    private static Throwable refusal(Key key, Throwable failure) {
        return ((Problem) failure).kind() == Kind.UNAUTHENTICATED ? failure
                : Problem.unavailable("Tokens of " + key.trust().issuer() + " can't be checked now", failure);
    }
}
