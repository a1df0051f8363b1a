package io.gatehouse.plan;

import java.util.Set;

/**
 * What of a server's calls goes into the activity log, beside that they took place.
 *
 * @param maskedFields ends of the names of members whose values never do
 */
public record Recorded(boolean inputs, boolean outputs, Set<String> maskedFields) {

    public static final Recorded ALL = new Recorded(true, true, Set.of());
}
