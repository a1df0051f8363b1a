package io.gatehouse.access.clients;

import java.time.Instant;
import java.util.List;

/** What shall be different about a client; null leaves a thing as it is. */
public record ClientChange(String name, String description, Long roleId, ProjectScope scope, List<String> ipAllowList,
        Instant expiresAt, Boolean revoked) {
}
