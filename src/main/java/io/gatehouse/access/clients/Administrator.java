package io.gatehouse.access.clients;

import java.time.Instant;
import java.util.List;

/**
 * A person who may manage.
 *
 * @param active whether the person is let in at all
 * @param folders the own folders of the only projects that the person manages; null for all
 */
public record Administrator(long userId, String name, String email, boolean active, Role role, List<Long> folders,
        Instant createdAt, Instant updatedAt) {
}
