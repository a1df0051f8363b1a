package io.gatehouse.kernel;

import java.util.Set;

/**
 * Who asks, in which workspace, with which privileges. The first argument of every use-case.
 *
 * @param subject stable name for records, such as {@code client:12} or {@code token:7}
 */
public record Caller(long workspaceId, String subject, Set<Permission> permissions) {

    /** @throws Problem FORBIDDEN when the caller lacks the privilege */
    public void require(Permission permission) {
        if (!permissions.contains(permission)) {
            throw Problem.forbidden("This client may not " + permission.name().toLowerCase().replace('_', ' '));
        }
    }
}
