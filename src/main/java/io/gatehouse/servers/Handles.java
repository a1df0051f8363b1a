package io.gatehouse.servers;

import java.security.SecureRandom;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PlanSource;

/** Makes the names by which the two dialects know a server. */
final class Handles {

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int[] GROUPS = { 8, 4, 2 };

    private Handles() {
    }

    /** 70 random bits in characters that nobody confuses, such as {@code mcps-h4tq2mzx-9kdr-w7}. */
    static String newHandle() {
        SecureRandom random = new SecureRandom();
        StringBuilder handle = new StringBuilder("mcps");
        for (int length : GROUPS) {
            handle.append('-');
            random.ints(length, 0, LETTERS.length()).forEach(i -> handle.append(LETTERS.charAt(i)));
        }
        return handle.toString();
    }

    /** @throws Problem NOT_FOUND for what can't be a handle */
    static String checked(String handle) {
        if (!PlanSource.isHandle(handle)) {
            throw Problem.notFound("MCP server");
        }
        return handle;
    }
}
