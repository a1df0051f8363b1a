package io.gatehouse.servers;

import java.util.List;

import io.gatehouse.servers.catalogue.Icon;

/**
 * What a write changes of a server; null leaves as it is.
 *
 * @param description empty for none
 */
public record ServerChange(String name, Long folderId, AuthenticationMethod authenticationMethod, String description,
        List<Icon> icons, Boolean enabled) {
}
