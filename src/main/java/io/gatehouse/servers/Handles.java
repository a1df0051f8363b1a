package io.gatehouse.servers;

import java.security.SecureRandom;

/** Makes the names by which the two dialects know a server. */
final class Handles {

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int[] GROUPS = { 8, 4, 2 };
    private static final int SUFFIX = 6;
    private static final int LONGEST_SEGMENT = 60;

    private Handles() {
    }

    /** 70 random bits in characters that nobody confuses, such as {@code mcps-h4tq2mzx-9kdr-w7}. */
    static String random() {
        return suffixed("mcps", GROUPS);
    }

    /** The segment of a relative URI, as far as it is short, and 30 random bits. */
    static String from(String relativeUri) {
        String segment = relativeUri.substring(1);
        return suffixed(segment.substring(0, Math.min(segment.length(), LONGEST_SEGMENT)), SUFFIX);
    }

    private static String suffixed(String prefix, int... groups) {
        SecureRandom random = new SecureRandom();
        StringBuilder handle = new StringBuilder(prefix);
        for (int length : groups) {
            handle.append('-');
            random.ints(length, 0, LETTERS.length()).forEach(i -> handle.append(LETTERS.charAt(i)));
        }
        return handle.toString();
    }
}
