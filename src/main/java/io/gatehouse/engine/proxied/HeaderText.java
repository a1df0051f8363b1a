package io.gatehouse.engine.proxied;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Values in headers of 2026-07-28 (Transports, Value Encoding). */
public final class HeaderText {

    private static final String ENCODED = "=?base64?";
    private static final String END = "?=";

    private HeaderText() {
    }

    /** The value itself, or marked Base64 where a header can't hold it. */
    public static String encoded(String value) {
        boolean plain = value.chars().allMatch(c -> c >= ' ' && c <= '~') && value.strip().equals(value)
                && !(value.startsWith(ENCODED) && value.endsWith(END));
        return plain ? value
                : ENCODED + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + END;
    }
}
