package io.gatehouse.servers;

import java.util.List;

import io.gatehouse.servers.catalogue.CatalogueTool.Kind;
import io.gatehouse.servers.catalogue.Icon;
import io.gatehouse.upstreams.RecordedTool;

/**
 * A tool on a server.
 *
 * @param id of the catalogue entry behind it
 * @param objectId the same entry's other id
 * @param name as agents call it
 * @param title as people call it
 * @param description what agents read: the server's own words for it, or else the tool's
 * @param originalDescription the tool's own words
 * @param enabled whether this server offers it
 * @param active whether the catalogue offers it at all
 * @param icons the server's own; null for none
 * @param recorded what is recorded of it, for a tool of a third-party server; otherwise null
 */
public record ServerTool(long id, String objectId, Kind kind, String name, String title, String description,
        String originalDescription, boolean enabled, boolean active, List<Icon> icons, RecordedTool recorded) {

    /** Clients put a prefix of their own before a name, and some refuse what is longer than 60 characters then. */
    private static final int UNDISPUTED = 40;

    /** What may go wrong with it at some clients, in words for people; null for nothing. */
    public String warning() {
        return name.length() <= UNDISPUTED ? null
                : "Some clients refuse the name for its length: " + name.length() + " characters, beside their own prefix";
    }

    /** A tool of the third-party server that a server stands for. */
    static ServerTool of(RecordedTool tool) {
        return new ServerTool(tool.id(), tool.objectId(), Kind.UPSTREAM_TOOL, tool.name(),
                tool.title() == null ? tool.name() : tool.title(), tool.description() == null ? "" : tool.description(),
                tool.originalDescription() == null ? "" : tool.originalDescription(), tool.enabled(), tool.served(),
                null, tool);
    }
}
