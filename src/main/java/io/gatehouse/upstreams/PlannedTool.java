package io.gatehouse.upstreams;

import java.util.List;

import io.gatehouse.plan.HeaderParameter;
import io.gatehouse.plan.RemotePlan;

/**
 * What a plan needs of a tool.
 *
 * @param withHeaders the definition that may be served, where it names headers; otherwise null
 */
public record PlannedTool(String upstreamName, String name, String description, boolean enabled, ToolStatus status,
        String approvedDigest, String observedDigest, String looksLike, String withHeaders) {

    /**
     * What is not served has the digest of how it was seen, so that the gateway notices when it is otherwise.
     *
     * @param allowed whether the upstream's settings let it be served
     */
    RemotePlan.Tool plan(ChangePolicy policy, boolean allowed) {
        boolean withheld = !policy.serves(status, looksLike);
        String digest = policy == ChangePolicy.SERVE ? null : status.isApproved() ? approvedDigest : observedDigest;
        return new RemotePlan.Tool(upstreamName, name, description, digest, enabled && allowed && !withheld, headers());
    }

    private List<HeaderParameter> headers() {
        return withHeaders == null ? List.of()
                : HeaderParameter.of(WholeText.read(withHeaders).path("inputSchema").toString());
    }
}
