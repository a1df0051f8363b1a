package io.gatehouse.servers;

/** @param description null for none */
public record NewServer(String name, String description, long folderId, AuthenticationMethod authenticationMethod) {
}
