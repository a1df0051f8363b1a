package io.gatehouse.plan;

import java.util.List;
import java.util.Set;

/**
 * One published MCP server.
 *
 * @param description instructions for the agent, or null
 * @param icons of MCP, a JSON array as text; null for none
 * @param limits of its traffic
 * @param recorded what its activity log tells
 * @param tools sorted by name, names unique
 * @param prompts sorted by name, names unique
 * @param remote the third-party server that it stands for, in place of tools and prompts of its own; or null
 * @param ingredients what the plan was compiled from, in the words of change notices; a change of any makes it stale
 */
public record ServerPlan(long workspaceId, long serverId, String handle, String name, String description,
        String icons, int revision, Entrance entrance, Limits limits, Recorded recorded, List<ToolPlan> tools,
        List<PromptPlan> prompts,
        RemotePlan remote, Set<String> ingredients) {
}
