package io.gatehouse.kernel;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Ids of 24 hexadecimal characters that begin with the time in seconds, so that they sort by age. */
public final class ObjectId {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{24}");
    private static final int RANDOM_BYTES = 8;
    private static final HexFormat HEX = HexFormat.of();

    private ObjectId() {
    }

    public static String create(Instant now) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return HEX.toHexDigits((int) now.getEpochSecond()) + HEX.formatHex(random);
    }

    /** Whether the text can be such an id, so that nothing else is looked up; one with capitals names nothing. */
    public static boolean isOne(String text) {
        return text != null && FORM.matcher(text).matches();
    }
}
