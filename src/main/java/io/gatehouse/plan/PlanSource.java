package io.gatehouse.plan;

import java.util.Optional;

import io.smallrye.mutiny.Uni;

/** The bridge between the towers: compiles the plan of a server on demand. */
public interface PlanSource {

    /** The plan of the server with this handle as it is committed now; empty when there is no such server. */
    Uni<Optional<ServerPlan>> find(String handle);

    /** The word of change notices for a server, be it there or not. */
    static String topic(String handle) {
        return "server:" + handle;
    }
}
