package io.gatehouse.upstreams;

import java.time.Duration;
import java.time.Instant;

import io.gatehouse.connections.Scheme;
import io.gatehouse.plan.Upstream.Era;

/**
 * An upstream as it is registered and found.
 *
 * @param objectId 24 hexadecimal characters
 * @param connectionId the connection whose credential is sent, or null
 * @param scheme how the credential is shown; {@link Scheme#NONE} without a connection
 * @param card as in {@link io.gatehouse.plan.Upstream}
 * @param stateDetail why the state is not healthy, or what is odd; or null
 * @param checkedAt when somebody looked last
 * @param toolCount of those that the upstream has now
 * @param pendingChanges how many tools are not as they were approved
 */
public record Registration(long id, String objectId, long projectId, String name, String url, Long connectionId, Scheme scheme,
        Duration timeout, AllowedTools allowedTools, ChangePolicy changePolicy, Era era, String card, State state,
        String stateDetail, Instant stateSince, Instant checkedAt, long toolCount, long pendingChanges, Instant createdAt,
        Instant updatedAt) {
}
