package io.gatehouse.access.clients;

import java.time.Instant;
import java.util.List;

/**
 * A client to be made.
 *
 * @param expiresAt null for as long as tokens live
 */
public record NewClient(String name, String description, long roleId, ProjectScope scope, List<String> ipAllowList,
        Instant expiresAt) {

    /** One that may do everything, everywhere. */
    public static NewClient administrator(String name, String description, Instant expiresAt) {
        return new NewClient(name, description, Role.ADMINISTRATOR, ProjectScope.ALL, List.of(), expiresAt);
    }
}
