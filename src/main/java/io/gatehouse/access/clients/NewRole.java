package io.gatehouse.access.clients;

import java.util.Set;

import io.gatehouse.kernel.Permission;

/** A role as it is to be; in a change, null leaves a thing as it is. */
public record NewRole(String name, Set<Permission> permissions) {
}
