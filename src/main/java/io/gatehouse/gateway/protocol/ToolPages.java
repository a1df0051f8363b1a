package io.gatehouse.gateway.protocol;

import java.util.function.Predicate;

import io.gatehouse.gateway.Known;

/**
 * The list of tools for one era, as each caller gets it: with what the caller may call. For those who may only look it is
 * rendered once somebody asks.
 */
final class ToolPages {

    private final Pages all;
    private final Predicate<String> isReadOnly;
    private volatile Pages readOnly;

    /** @param isReadOnly whether the tool of a name may be called by who may only look */
    ToolPages(Pages all, Predicate<String> isReadOnly) {
        this.all = all;
        this.isReadOnly = isReadOnly;
    }

    Pages of(Known caller) {
        if (caller.mayChange()) {
            return all;
        }
        Pages some = readOnly;
        if (some == null) {
            some = all.of(isReadOnly);
            readOnly = some;
        }
        return some;
    }

    /** About how many bytes they take. */
    int size() {
        return all.size();
    }
}
