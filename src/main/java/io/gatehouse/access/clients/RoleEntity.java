package io.gatehouse.access.clients;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.gatehouse.kernel.Permission;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "client_role")
class RoleEntity {

    private static final String ALL = "*";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    /** Null for a built-in one. */
    Long workspaceId;
    String name;
    String permissions;
    Instant createdAt;

    /** A word that is no permission any more grants nothing. */
    Set<Permission> permissions() {
        if (permissions.equals(ALL)) {
            return EnumSet.allOf(Permission.class);
        }
        Set<String> words = Set.copyOf(Arrays.asList(permissions.split(",")));
        return Permission.whole(
                Arrays.stream(Permission.values()).filter(permission -> words.contains(permission.name())).toList());
    }

    void permit(Set<Permission> granted) {
        permissions = granted.stream().sorted().map(Permission::name).collect(Collectors.joining(","));
    }

    boolean hasAll() {
        return permissions().size() == Permission.values().length;
    }

    Role toRole() {
        return new Role(id, name, Collections.unmodifiableSet(permissions()), workspaceId == null, createdAt);
    }
}
