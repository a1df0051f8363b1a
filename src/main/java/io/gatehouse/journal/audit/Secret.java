package io.gatehouse.journal.audit;

import com.fasterxml.jackson.annotation.JsonValue;

/** A value that a change set tells of, whether it is there and whether it changed, without showing it. */
public record Secret(Object value) {

    /** The secret, or null where there is none. */
    public static Secret of(Object value) {
        return value == null ? null : new Secret(value);
    }

    @Override
    @JsonValue
    public String toString() {
        return "******";
    }
}
