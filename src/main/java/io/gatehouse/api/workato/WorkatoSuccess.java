package io.gatehouse.api.workato;

/** The answer of an action that has nothing to show. */
public record WorkatoSuccess(boolean success) {
}
