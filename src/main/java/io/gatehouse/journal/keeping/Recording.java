package io.gatehouse.journal.keeping;

import java.util.Set;
import java.util.stream.Collectors;

import io.gatehouse.journal.masking.Masks;

/**
 * How much of a server's calls is recorded.
 *
 * @param maskedFields names of members of which no value is recorded, beside those that never are
 */
public record Recording(boolean inputs, boolean outputs, Set<String> maskedFields) {

    public static final Recording ALL = new Recording(true, true, Set.of());

    /** With names as they are compared. */
    public Recording compiled() {
        return new Recording(inputs, outputs, maskedFields.stream().map(Masks::plain).collect(Collectors.toUnmodifiableSet()));
    }
}
