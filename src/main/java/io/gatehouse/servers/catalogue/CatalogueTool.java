package io.gatehouse.servers.catalogue;

import java.time.Instant;

import io.gatehouse.tools.operation.Endpoint;
import io.gatehouse.upstreams.OfferedTool;
import io.gatehouse.upstreams.RecordedTool;

/**
 * Something that servers can offer as a tool.
 *
 * @param objectId the same entry's other id
 * @param source what it belongs to
 * @param name a valid one, for a server on which no other tool has it
 * @param title for people, or null
 * @param description what agents read, unless a server has words of its own
 * @param inputSchema JSON Schema as text; null where there is none, or it was not asked for
 * @param refusal why it can't be a tool at all, or null
 * @param obstacle why it can't be put on a server by itself now, or null
 * @param active whether servers that have it offer it
 * @param recorded what is recorded of it, for a tool of a third-party server; otherwise null
 */
public record CatalogueTool(long id, String objectId, Source source, long projectId, String name, String title,
        String description, String inputSchema, String refusal, String obstacle, boolean active, Instant createdAt,
        RecordedTool recorded) {

    /** What catalogue entries are. */
    public enum Kind {
        /** An operation of an imported API. */
        OPERATION,
        /** A tool of a third-party MCP server. */
        UPSTREAM_TOOL
    }

    /**
     * What an entry comes from.
     *
     * @param collectionId of an operation; otherwise null
     * @param upstreamId of a third-party server's tool, 24 hexadecimal characters; otherwise null
     */
    public record Source(Kind kind, Long collectionId, String upstreamId) {
    }

    /** Where an entry is, without what it is. */
    public record Place(String objectId, long projectId) {
    }

    static CatalogueTool of(Endpoint endpoint) {
        return new CatalogueTool(endpoint.id(), endpoint.objectId(),
                new Source(Kind.OPERATION, endpoint.collectionId(), null), endpoint.projectId(), endpoint.name(),
                endpoint.title(), endpoint.description(), endpoint.inputSchema(), endpoint.refusal(), null,
                endpoint.enabled(), endpoint.createdAt(), null);
    }

    static CatalogueTool of(OfferedTool offered, ToolNames names) {
        RecordedTool tool = offered.recorded();
        return new CatalogueTool(tool.id(), tool.objectId(),
                new Source(Kind.UPSTREAM_TOOL, null, offered.upstreamObjectId()), offered.projectId(),
                names.valid(tool.name(), "tool_" + tool.id()), tool.title(),
                tool.description() == null ? "" : tool.description(), tool.inputSchema(), null, offered.obstacle(),
                offered.absence() == null, tool.firstSeenAt(), tool);
    }
}
