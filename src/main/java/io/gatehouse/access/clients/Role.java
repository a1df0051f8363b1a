package io.gatehouse.access.clients;

import java.time.Instant;
import java.util.Set;

import io.gatehouse.kernel.Permission;

/** What a client or an administrator may do. A built-in one is in every workspace and never changes. */
public record Role(long id, String name, Set<Permission> permissions, boolean builtIn, Instant createdAt) {

    /** The built-in role that has every permission. */
    public static final long ADMINISTRATOR = 1;

    /** The built-in role that may the least. */
    static final long VIEWER = 3;
}
