package io.gatehouse.plan;

import java.util.List;

/**
 * A call of one tool of a third-party MCP server.
 *
 * @param toolName as the upstream calls it
 * @param headers the arguments that the upstream wants repeated in headers
 */
public record ProxiedAction(Upstream upstream, String toolName, List<HeaderParameter> headers) implements Action {
}
