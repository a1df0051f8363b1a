package io.gatehouse.access.issuers;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;

import io.gatehouse.kernel.Problem;

/** What an issuer says of a token, be it in the token or when it is asked, and whether that lets its bearer in. */
final class Claims {

    static final int SKEW_SECONDS = 30;
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** Only the first that holds is told. */
    private static final List<Map.Entry<Integer, String>> REASONS = List.of(
            Map.entry(ErrorCodes.ISSUER_MISSING, "The token does not name its issuer"),
            Map.entry(ErrorCodes.ISSUER_INVALID, "The token is of another issuer"),
            Map.entry(ErrorCodes.AUDIENCE_MISSING, "The token does not name its audience"),
            Map.entry(ErrorCodes.AUDIENCE_INVALID, "The token is meant for another audience"),
            Map.entry(ErrorCodes.EXPIRED, "The token is expired"),
            Map.entry(ErrorCodes.EXPIRATION_MISSING, "The token has no expiry"),
            Map.entry(ErrorCodes.NOT_YET_VALID, "The token is not yet valid"),
            Map.entry(ErrorCodes.ISSUED_AT_INVALID_FUTURE, "The token was issued in the future"),
            Map.entry(ErrorCodes.SUBJECT_MISSING, "The token does not name its subject"));

    private Claims() {
    }

    static Problem malformed() {
        return Problem.unauthenticated("The token is malformed");
    }

    /** Of a token that must say everything (RFC 9068, section 4). @throws Problem UNAUTHENTICATED */
    static Visitor ofToken(TrustedIssuer trust, JwtClaims claims, Clock clock) {
        return visitor(trust, claims, expecting(trust.audience(), clock).setExpectedIssuer(true, trust.issuer())
                .setRequireExpirationTime());
    }

    /** Of an answer, which may leave out what goes without saying (RFC 7662, section 2.2). @throws Problem UNAUTHENTICATED */
    static Visitor ofAnswer(TrustedIssuer trust, JwtClaims claims, Clock clock) {
        return visitor(trust, claims, expecting(trust.audience(), clock).setExpectedIssuer(false, trust.issuer()));
    }

    /** OpenID Connect Core, section 3.1.3.7. @throws Problem UNAUTHENTICATED */
    static void checkIdToken(String issuer, String clientId, String nonce, JwtClaims claims, Clock clock) {
        check(claims, expecting(clientId, clock).setExpectedIssuer(true, issuer).setRequireExpirationTime()
                .setRequireIssuedAt());
        Object party = claims.getClaimValue("azp");
        boolean isForSeveral = claims.getClaimValue("aud") instanceof Collection<?> audience && audience.size() > 1;
        if (party == null ? isForSeveral : !party.equals(clientId)) {
            throw Problem.unauthenticated("The token was issued to another client");
        }
        if (!nonce.equals(claims.getClaimValue("nonce"))) {
            throw Problem.unauthenticated("The token belongs to another sign-in");
        }
    }

    /** Signatures are not its business. */
    private static JwtConsumerBuilder expecting(String audience, Clock clock) {
        return new JwtConsumerBuilder().setSkipSignatureVerification().setDisableRequireSignature()
                .setExpectedAudience(true, audience).setRequireSubject()
                .setIssuedAtRestrictions(0, Integer.MAX_VALUE).setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()));
    }

    private static Visitor visitor(TrustedIssuer trust, JwtClaims claims, JwtConsumerBuilder expected) {
        check(claims, expected);
        try {
            NumericDate end = claims.getExpirationTime();
            return new Visitor(trust.issuer() + '#' + claims.getSubject(), scopes(claims),
                    end == null ? null : Instant.ofEpochSecond(Math.min(end.getValue(), LATEST)));
        } catch (MalformedClaimException e) {
            throw malformed();
        }
    }

    private static void check(JwtClaims claims, JwtConsumerBuilder expected) {
        try {
            expected.build().processContext(new JwtContext(claims, List.of()));
        } catch (InvalidJwtException e) {
            throw REASONS.stream().filter(reason -> e.hasErrorCode(reason.getKey())).findFirst()
                    .map(reason -> Problem.unauthenticated(reason.getValue())).orElseGet(Claims::malformed);
        }
    }

    private static Set<String> scopes(JwtClaims claims) {
        return Stream.of("scope", "scp").map(claims::getClaimValue).flatMap(Claims::words)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> words(Object claim) {
        return claim instanceof String text ? Stream.of(text.split(" ")).filter(word -> !word.isEmpty())
                : claim instanceof Collection<?> many
                        ? many.stream().filter(String.class::isInstance).map(String.class::cast)
                        : Stream.of();
    }
}
