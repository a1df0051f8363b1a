package io.gatehouse.connections;

import java.util.List;

import io.smallrye.mutiny.Uni;

/** A room whose things reach back ends through connections, so that none of these goes away while it is needed. */
public interface ConnectionUse {

    /** A thing that needs a connection, as people call it, such as {@code API collection "Orders"}. */
    record User(String name, long projectId) {
    }

    /** In the caller's session. */
    Uni<List<User>> of(long connectionId);
}
