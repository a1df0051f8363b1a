package io.gatehouse.plan;

/**
 * A call of one tool of a third-party MCP server.
 *
 * @param toolName as the upstream calls it
 */
public record ProxiedAction(Upstream upstream, String toolName) implements Action {
}
