package io.gatehouse.upstreams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.Upstream;

/**
 * A recorded tool as something that any server of its project can offer.
 *
 * @param upstreamObjectId its upstream, by 24 hexadecimal characters
 * @param absence why agents don't get it now, whatever server it is on; or null
 * @param obstacle why it can't be put on a server by itself now, or null
 */
public record OfferedTool(String upstreamObjectId, long projectId, RecordedTool recorded, String absence,
        String obstacle) {

    /** Where a tool is, without what it is. */
    public record Place(long id, String objectId, long projectId) {
    }

    /**
     * What a plan needs of a tool.
     *
     * @param toolName as the upstream calls it
     * @param description in place of the upstream's, or null
     * @param definition as agents get it, JSON; null while they don't
     */
    public record Plan(long id, Upstream upstream, String toolName, String description, String definition) {

        /** Null while agents don't get it. A large one takes its time. */
        public ObjectNode read() {
            return definition != null && WholeText.read(definition) instanceof ObjectNode object ? object : null;
        }
    }

    /** @param allowed whether the upstream's settings let it be served */
    static OfferedTool of(UpstreamEntity upstream, RecordedTool tool, boolean allowed) {
        String absence = absence(tool, upstream.changePolicy, allowed);
        String obstacle = absence == null && tool.approvedDigest() == null ? "nobody has approved it yet" : absence;
        return new OfferedTool(upstream.objectId, upstream.projectId, tool, absence, obstacle);
    }

    private static String absence(RecordedTool tool, ChangePolicy policy, boolean allowed) {
        if (tool.status() == ToolStatus.GONE) {
            return "its MCP server does not list it any more";
        }
        if (!allowed) {
            return "it is not among the tools that its MCP server is allowed to serve";
        }
        if (!tool.enabled()) {
            return "it is stopped on the proxy server of its MCP server";
        }
        if (!policy.serves(tool.status(), tool.looksLike())) {
            return tool.approvedDigest() == null ? "nobody has approved it yet"
                    : "it is withheld until its change is approved";
        }
        return isOfObjects(tool.inputSchema()) ? null : "it has no input schema that is an object";
    }

    private static boolean isOfObjects(String schema) {
        JsonNode root = schema == null ? null : WholeText.read(schema);
        return root != null && root.path("type").asText().equals("object");
    }
}
