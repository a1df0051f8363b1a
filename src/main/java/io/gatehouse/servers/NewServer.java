package io.gatehouse.servers;

import java.util.List;

import io.gatehouse.servers.catalogue.Icon;

/**
 * @param description null for none
 * @param icons null for none
 */
public record NewServer(String name, String description, List<Icon> icons, long folderId,
        AuthenticationMethod authenticationMethod) {
}
