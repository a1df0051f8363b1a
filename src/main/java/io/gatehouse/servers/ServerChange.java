package io.gatehouse.servers;

/**
 * What a write changes of a server; null leaves as it is.
 *
 * @param description empty for none
 */
public record ServerChange(String name, Long folderId, AuthenticationMethod authenticationMethod, String description,
        Boolean enabled) {
}
