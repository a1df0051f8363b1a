package io.gatehouse.access.people;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.LongStream;

import javax.crypto.spec.SecretKeySpec;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;

import io.gatehouse.access.tokens.TokenDigest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** One-time codes by the time (RFC 6238), as all authenticator apps make them: SHA-1, 6 digits, 30 s. Keys are in hex. */
@Singleton
class TimeCodes {

    private static final int KEY_BYTES = 20;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
    private final Clock clock;

    @Inject
    TimeCodes(Clock clock) {
        this.clock = clock;
    }

    static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /** In Base32 (RFC 4648), as apps take it. A digit more in front keeps the zeros; the key's bits fill its digits. */
    static String shown(String key) {
        return new BigInteger(key, 16).setBit(KEY_BYTES * Byte.SIZE).toString(32).substring(1).chars()
                .map(digit -> BASE32.charAt(Character.digit(digit, 32)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /**
     * The time step that the code is of: the present one or one beside it, since clocks differ and people are slow.
     *
     * @param used the code's step must come after this one
     * @return null for none
     */
    Long step(String key, String code, long used) {
        String typed = code.replaceAll("\\s", "");
        long length = generator.getTimeStep().toSeconds();
        long now = clock.instant().getEpochSecond() / length;
        return LongStream.rangeClosed(now - 1, now + 1)
                .filter(step -> step > used && TokenDigest.areEqual(code(key, step * length), typed))
                .boxed().findFirst().orElse(null);
    }

    private String code(String key, long second) {
        try {
            return generator.generateOneTimePasswordString(new SecretKeySpec(HexFormat.of().parseHex(key), "RAW"),
                    Instant.ofEpochSecond(second), Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("Every key is good for an HMAC", e);
        }
    }
}
