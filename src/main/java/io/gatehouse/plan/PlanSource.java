package io.gatehouse.plan;

import java.util.Optional;
import java.util.regex.Pattern;

import io.smallrye.mutiny.Uni;

/** The bridge between the towers: compiles the plan of a server on demand. */
public interface PlanSource {

    /** What handles are made of. */
    Pattern HANDLE = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    /** The plan of the server with this handle as it is committed now; empty when there is no such server. */
    Uni<Optional<ServerPlan>> find(String handle);

    /** Whether this can be a handle at all, so that nothing else is looked up. */
    static boolean isHandle(String text) {
        return HANDLE.matcher(text).matches();
    }

    /** The word of change notices for a server, be it there or not. */
    static String topic(String handle) {
        return "server:" + handle;
    }
}
