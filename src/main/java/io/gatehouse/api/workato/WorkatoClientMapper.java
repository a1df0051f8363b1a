package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.gatehouse.access.Workspace;
import io.gatehouse.access.clients.Administrator;
import io.gatehouse.access.clients.ApiClient;
import io.gatehouse.access.clients.Appointment;
import io.gatehouse.access.clients.ClientChange;
import io.gatehouse.access.clients.IssuedClient;
import io.gatehouse.access.clients.NewClient;
import io.gatehouse.access.clients.NewRole;
import io.gatehouse.access.clients.ProjectScope;
import io.gatehouse.access.clients.Role;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;

/** Between the clients, administrators and roles of the domain and those of this dialect. */
final class WorkatoClientMapper {

    private static final String ROLE = "api_privilege_group_id";
    private static final Map<String, Permission> PRIVILEGES = Arrays.stream(Permission.values())
            .collect(Collectors.toUnmodifiableMap(WorkatoClientMapper::word, permission -> permission));

    private WorkatoClientMapper() {
    }

    static NewClient draft(WorkatoClient.Input input) {
        WorkatoClient.Input body = WorkatoInput.body(input);
        ProjectScope scope = scope(body);
        return new NewClient(body.name(), body.description(), WorkatoInput.required(ROLE, role(body)),
                scope == null ? ProjectScope.ALL : scope, body.ipAllowList(),
                WorkatoInput.optionalTime("expires_at", body.expiresAt()));
    }

    static ClientChange change(WorkatoClient.Input input) {
        WorkatoClient.Input body = WorkatoInput.body(input);
        return new ClientChange(body.name(), body.description(), role(body), scope(body), body.ipAllowList(),
                WorkatoInput.optionalTime("expires_at", body.expiresAt()), null);
    }

    static Appointment appointment(WorkatoClient.AdministratorInput input) {
        WorkatoClient.AdministratorInput body = WorkatoInput.body(input);
        return new Appointment(role(body.roleId(), body.apiPrivilegeGroupId()),
                scope(body.allFolders(), body.folderIds(), body.projectIds()));
    }

    static WorkatoClient.Administrator wire(Administrator person) {
        return new WorkatoClient.Administrator(person.userId(), person.name(), person.email(), person.active(),
                person.role().id(), person.role().name(), person.folders() == null, person.folders(), person.createdAt(),
                person.updatedAt());
    }

    /** By either name. */
    private static Long role(Long roleId, Long privilegeGroupId) {
        if (roleId != null && privilegeGroupId != null && !roleId.equals(privilegeGroupId)) {
            throw Problem.invalidField("role_id", "invalid_field_value", "role_id: differs from " + ROLE);
        }
        return roleId == null ? privilegeGroupId : roleId;
    }

    private static Long role(WorkatoClient.Input body) {
        return role(body.roleId(), body.apiPrivilegeGroupId());
    }

    private static ProjectScope scope(WorkatoClient.Input body) {
        return scope(body.allFolders(), body.folderIds(), body.projectIds());
    }

    /** @return null where the body does not say */
    private static ProjectScope scope(Boolean allFolders, List<Long> folderIds, List<Long> projectIds) {
        if (folderIds != null && projectIds != null) {
            throw Problem.invalidField("project_ids", "invalid_field_value", "project_ids: not beside folder_ids");
        }
        boolean areFolders = projectIds == null;
        List<Long> ids = areFolders ? folderIds : projectIds;
        if (Boolean.TRUE.equals(allFolders)) {
            if (ids != null && !ids.isEmpty()) {
                throw Problem.invalidField("all_folders", "invalid_field_value",
                        "all_folders: contradicts the list of folders or projects");
            }
            return ProjectScope.ALL;
        }
        if (ids == null) {
            return allFolders == null ? null : new ProjectScope(WorkatoInput.ids("folder_ids", null), true);
        }
        return new ProjectScope(WorkatoInput.ids(areFolders ? "folder_ids" : "project_ids", ids), areFolders);
    }

    static WorkatoClient wire(ApiClient client) {
        return wire(client, null);
    }

    static WorkatoClient wire(IssuedClient issued) {
        return wire(issued.client(), issued.token());
    }

    private static WorkatoClient wire(ApiClient client, String token) {
        return new WorkatoClient(client.id(), client.name(), client.description(), client.role().id(),
                client.folders() == null, client.folders(), client.ipAllowList(), client.revokedAt() != null,
                client.expiresAt(), client.createdAt(), client.updatedAt(), token);
    }

    static WorkatoClient.Me me(ApiClient client, Workspace workspace) {
        return me(client.id(), client.name(), null, workspace, client.role(), client.folders(), client.createdAt());
    }

    static WorkatoClient.Me me(Administrator person, Workspace workspace) {
        return me(person.userId(), person.name(), person.email(), workspace, person.role(), person.folders(),
                person.createdAt());
    }

    private static WorkatoClient.Me me(long id, String name, String email, Workspace workspace, Role role,
            List<Long> folders, Instant createdAt) {
        return new WorkatoClient.Me(id, name, email, new WorkatoClient.Me.Place(workspace.id(), workspace.name()),
                role.name(), words(role.permissions()), folders == null, folders, createdAt);
    }

    static NewRole role(WorkatoClient.RoleInput input) {
        WorkatoClient.RoleInput body = WorkatoInput.body(input);
        return new NewRole(body.name(), body.privileges() == null ? null : privileges(body.privileges()));
    }

    private static Set<Permission> privileges(List<String> words) {
        Set<Permission> privileges = EnumSet.noneOf(Permission.class);
        for (int i = 0; i < words.size(); i++) {
            Permission permission = words.get(i) == null ? null : PRIVILEGES.get(words.get(i));
            if (permission == null) {
                throw Problem.invalidField("privileges." + i, "enum",
                        "privileges." + i + ": one of " + words(EnumSet.allOf(Permission.class)));
            }
            privileges.add(permission);
        }
        return privileges;
    }

    static WorkatoClient.Role wire(Role role) {
        return new WorkatoClient.Role(role.id(), role.name(), words(role.permissions()), role.builtIn(),
                role.createdAt());
    }

    private static List<String> words(Collection<Permission> permissions) {
        return permissions.stream().sorted().map(WorkatoClientMapper::word).toList();
    }

    private static String word(Permission permission) {
        return permission.name().toLowerCase(Locale.ROOT);
    }
}
