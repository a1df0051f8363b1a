package io.gatehouse.access.clients;

import java.time.Instant;
import java.util.List;

/**
 * A client of the management API.
 *
 * @param folders the own folders of the only projects that it sees; null for all
 * @param ipAllowList where it may call from; empty for everywhere
 * @param revokedAt null while its token is good
 * @param expiresAt null for as long as tokens live
 */
public record ApiClient(long id, String objectId, String name, String description, Role role, List<Long> folders,
        List<String> ipAllowList, Instant revokedAt, Instant expiresAt, Instant createdAt, Instant updatedAt) {
}
