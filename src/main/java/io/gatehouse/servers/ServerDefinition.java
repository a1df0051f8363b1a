package io.gatehouse.servers;

import java.util.List;

import io.gatehouse.prompts.Prompt;
import io.gatehouse.servers.catalogue.Icon;
import io.gatehouse.servers.catalogue.ToolAnnotations;

/**
 * A server with all that it consists of.
 *
 * @param ownerId of the workspace, 24 hexadecimal characters
 * @param upstreamId the object id of the upstream that it stands for, or null
 */
public record ServerDefinition(Server server, String ownerId, List<Tool> tools, List<Prompt> prompts,
        String upstreamId) {

    /**
     * A tool of the catalogue on the server.
     *
     * @param objectId of the catalogue entry
     * @param name as agents call it
     * @param annotations in the server's own words; null for none
     * @param icons in the server's own words; null for none
     * @param overrides JSON, or null for none
     */
    public record Tool(String objectId, String name, boolean enabled, ToolAnnotations annotations, List<Icon> icons,
            String overrides) {
    }
}
