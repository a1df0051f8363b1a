package io.gatehouse.kernel;

import java.util.Set;

/**
 * Who asks, in which workspace, with which privileges. The first argument of every use-case.
 *
 * @param subject stable name for records, such as {@code client:12} or {@code token:7}
 * @param projects the only projects whose things the caller sees; null for all
 */
public record Caller(long workspaceId, String subject, Set<Permission> permissions, Set<Long> projects,
        Origin origin) {

    /** @throws Problem FORBIDDEN when the caller lacks the privilege */
    public void require(Permission permission) {
        if (!permissions.contains(permission)) {
            throw Problem.forbidden("This client may not " + permission.name().toLowerCase().replace('_', ' '));
        }
    }

    public boolean seesAllProjects() {
        return projects == null;
    }

    /** For queries: the only projects that count, unless the caller sees all. */
    public Set<Long> onlyProjects() {
        return projects == null ? Set.of() : projects;
    }

    public boolean sees(long projectId) {
        return projects == null || projects.contains(projectId);
    }

    /** @throws Problem FORBIDDEN when the caller is kept to some projects, for what concerns the whole workspace */
    public void requireWholeWorkspace() {
        if (projects != null) {
            throw Problem.forbidden("This client is kept to some projects; this concerns the whole workspace");
        }
    }
}
