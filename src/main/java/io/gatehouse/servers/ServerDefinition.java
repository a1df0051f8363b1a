package io.gatehouse.servers;

import java.util.List;

import io.gatehouse.prompts.Prompt;

/**
 * A server with all that it consists of.
 *
 * @param ownerId of the workspace, 24 hexadecimal characters
 * @param upstreamId the object id of the upstream that it stands for, or null
 */
public record ServerDefinition(Server server, String ownerId, List<ServerTool> tools, List<Prompt> prompts,
        String upstreamId) {
}
