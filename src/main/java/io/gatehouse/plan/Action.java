package io.gatehouse.plan;

import java.util.function.Function;

/** What a tool call carries out. Flows join here as a further kind. */
public sealed interface Action permits HttpAction, ProxiedAction {

    /** Treats every kind; a new kind adds a function here, so that no executor can forget it. */
    default <R> R match(Function<HttpAction, R> http, Function<ProxiedAction, R> proxied) {
        return this instanceof HttpAction action ? http.apply(action) : proxied.apply((ProxiedAction) this);
    }
}
