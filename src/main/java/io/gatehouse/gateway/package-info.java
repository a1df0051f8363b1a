/**
 * The data plane: one URL per MCP server, {@code /mcp/{handle}}. A request becomes an {@link io.gatehouse.gateway.Arrival}
 * and passes the stages in the order in which {@link io.gatehouse.gateway.Gateway} reads; each makes the small record that
 * the next one needs. What a stage refuses is thrown and becomes an answer in {@code Rescue}; everything ends in
 * {@code Record}. {@code protocol} speaks the two eras of MCP, {@code call} carries tool calls out and fills prompts in.
 * Nothing here reads a database, knows an entity or blocks: all that a request needs is in its server's plan.
 *
 * <p>
 * A server that stands for a third-party one is answered for by {@code proxy}. Answers that come in parts are written by
 * {@code stream}; {@code listen} tells connected clients of changes, and {@code cancel} ends calls that legacy clients do
 * not want any more, whichever replica hears of it.
 */
package io.gatehouse.gateway;
