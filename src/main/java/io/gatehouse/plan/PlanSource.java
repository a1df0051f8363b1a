package io.gatehouse.plan;

import java.util.Optional;

import io.smallrye.mutiny.Uni;

/** The bridge between the towers: compiles the plan of a server on demand. */
public interface PlanSource {

    /** A longer name can be stored but not served. */
    int LONGEST_HANDLE = 1_000;

    /** The plan of the server with this handle, or else this relative URI, as it is committed now; empty when none is on. */
    Uni<Optional<ServerPlan>> find(String handle);

    /** Whether this can be a handle at all, so that nothing else is looked up. */
    static boolean isHandle(String text) {
        boolean is = !text.isEmpty() && text.length() <= LONGEST_HANDLE;
        for (int i = 0; is && i < text.length(); i++) {
            char c = text.charAt(i);
            is = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
        }
        return is;
    }

    /** The word of change notices for a server, be it there or not. */
    static String topic(String handle) {
        return "server:" + handle;
    }
}
