/**
 * Talks to third-party MCP servers in either era: bounded at once per upstream, broken off where one keeps failing, and
 * with nothing of the agent's but its message.
 */
package io.gatehouse.engine.proxied;
