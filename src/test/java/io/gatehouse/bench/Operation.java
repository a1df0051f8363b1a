package io.gatehouse.bench;

import java.util.List;

/** Something that is measured, with the ways to its answer that are compared. */
record Operation(String name, List<Contender> contenders) {

    static final String LIST_COMPOSED = "tools/list, composed";
    static final String CALL_COMPOSED = "tools/call, composed";
    static final String LIST_PROXIED = "tools/list, proxied";
    static final String CALL_PROXIED = "tools/call, proxied";
}
