package io.gatehouse.policies;

import java.util.List;

/**
 * The limits of one MCP server; null is no limit.
 *
 * @param requestsPerMonth per calendar month, UTC
 * @param ipAllowlist addresses and CIDR ranges; empty for everybody
 * @param ipDenylist the same; it wins over the allowlist
 */
public record Policy(Integer requestsPerMinute, Integer requestsPerHour, Integer requestsPerMonth,
        List<String> ipAllowlist, List<String> ipDenylist) {

    public static final Policy NONE = new Policy(null, null, null, List.of(), List.of());
}
