package io.gatehouse.access.people;

/** A person as they are to be; in a change, null leaves a thing as it is. */
public record NewEndUser(String name, String email, Boolean active) {
}
