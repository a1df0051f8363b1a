package io.gatehouse.access.clients;

/** What a person is to be allowed; null leaves a thing as it is, of one who may manage already. */
public record Appointment(Long roleId, ProjectScope scope) {
}
