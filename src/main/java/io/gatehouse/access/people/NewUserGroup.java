package io.gatehouse.access.people;

/** A group as it is to be; in a change, null leaves a thing as it is and an empty description takes it away. */
public record NewUserGroup(String name, String description) {
}
