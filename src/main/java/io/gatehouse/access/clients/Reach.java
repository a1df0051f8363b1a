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
        require(caller, client.role, client.allProjects ? null : client.projects);
    }

    /** @throws Problem FORBIDDEN when the person can do something that the caller can't */
    static void require(Caller caller, AdministratorEntity person) {
        require(caller, person.role, person.allProjects ? null : person.projects);
    }

    private static void require(Caller caller, RoleEntity role, Set<Long> projects) {
        require(caller, role.permissions());
        if (!caller.seesAllProjects() && (projects == null || !caller.onlyProjects().containsAll(projects))) {
            throw Problem.forbidden("This client may not manage one that sees more projects than itself");
        }
    }

    /** @throws Problem FORBIDDEN when the caller lacks one of the permissions */
    static void require(Caller caller, Set<Permission> permissions) {
        if (!caller.permissions().containsAll(permissions)) {
            throw Problem.forbidden("This client may not hand on or manage privileges that it lacks itself");
        }
    }
}
