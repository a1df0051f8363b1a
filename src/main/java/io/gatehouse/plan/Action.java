package io.gatehouse.plan;

import java.util.function.Function;

/** What a tool call carries out. Flows and proxied tools join here as further kinds. */
public sealed interface Action permits HttpAction {

    /** Treats every kind; a new kind adds a function here, so that no executor can forget it. */
    default <R> R match(Function<HttpAction, R> http) {
        return http.apply((HttpAction) this);
    }
}
