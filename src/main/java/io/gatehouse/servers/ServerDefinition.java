package io.gatehouse.servers;

import java.util.List;

import io.gatehouse.prompts.Prompt;

/** A server with all that it consists of. */
public record ServerDefinition(Server server, List<ServerTool> tools, List<Prompt> prompts) {
}
