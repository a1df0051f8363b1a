package io.gatehouse.plan;

import java.util.Optional;
import java.util.regex.Pattern;

import io.smallrye.mutiny.Uni;

/** The bridge between the towers: compiles the plan of a server on demand. */
public interface PlanSource {

    /** What the names of servers in URLs are made of; a longer one can be stored but not served. */
    Pattern HANDLE = Pattern.compile("[A-Za-z0-9_-]{1,1000}");

    /** The plan of the server with this handle, or else this relative URI, as it is committed now; empty when none is on. */
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
