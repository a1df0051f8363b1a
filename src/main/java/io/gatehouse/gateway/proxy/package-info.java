/**
 * Servers that stand for a third-party MCP server. Where the upstream speaks the agent's era, messages pass byte for byte
 * ({@code Relay}), under headers that are made anew; otherwise a bridge asks the upstream in its own era and offers it no
 * capability. What is the agent's alone (tokens, cookies, addresses) never passes; what the upstream says of credentials
 * never becomes a word of ours. Nothing is kept: a session of the upstream is a sealed token in the agent's hands.
 */
package io.gatehouse.gateway.proxy;
