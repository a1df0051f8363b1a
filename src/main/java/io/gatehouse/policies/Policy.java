package io.gatehouse.policies;

import java.util.List;
import java.util.Map;

import io.gatehouse.plan.Limits;
import io.gatehouse.plan.Rates;

/**
 * The limits of one MCP server.
 *
 * @param server of all calls together
 * @param caller of each caller's calls by themselves
 * @param tools of each tool's calls by themselves, by name; {@value Limits#OTHERS} for each that is not named
 * @param ipAllowlist addresses and CIDR ranges; empty for everybody
 * @param ipDenylist the same; it wins over the allowlist
 * @param tellsModel whether a limit is told to the model, in place of a refusal
 * @param admitsUncounted whether calls go on while they can't be counted
 */
public record Policy(Rates server, Rates caller, Map<String, Rates> tools, List<String> ipAllowlist,
        List<String> ipDenylist, boolean tellsModel, boolean admitsUncounted) {

    public static final Policy NONE = new Policy(Rates.NONE, Rates.NONE, Map.of(), List.of(), List.of(), false, false);

    /** As the gateway keeps to it. */
    public Limits toPlan() {
        return new Limits(server, caller, tools, ipAllowlist, ipDenylist, tellsModel, admitsUncounted);
    }
}
