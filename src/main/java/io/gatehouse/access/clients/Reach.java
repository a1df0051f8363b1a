package io.gatehouse.access.clients;

import java.util.Set;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;

/** How far a caller's own privileges reach: nobody touches or hands on what goes beyond. */
final class Reach {

    private Reach() {
    }

    /** @throws Problem FORBIDDEN when the client can do something that the caller can't */
    static void require(Caller caller, ApiClientEntity client) {
        require(caller, client.role.permissions());
        if (!caller.seesAllProjects()
                && (client.allProjects || !caller.onlyProjects().containsAll(client.projects))) {
            throw Problem.forbidden("This client may not manage a client that sees more projects than itself");
        }
    }

    /** @throws Problem FORBIDDEN when the caller lacks one of the permissions */
    static void require(Caller caller, Set<Permission> permissions) {
        if (!caller.permissions().containsAll(permissions)) {
            throw Problem.forbidden("This client may not hand on or manage privileges that it lacks itself");
        }
    }
}
