package io.gatehouse.gateway.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What a server's lists say to agents, as digests: as long as these stay the same, nothing was changed that an agent can see.
 */
public record Lists(String tools, String prompts) {

    /** How long a modern client may keep a list, for nobody but itself: access to it hangs on the token. */
    public static final int KEPT_MILLIS = 10_000;

    private static final int BYTES = 12;

    /** @param entries as they are listed */
    static String digest(List<String> entries) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String entry : entries) {
                digest.update(entry.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
