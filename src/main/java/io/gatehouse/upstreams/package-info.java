/**
 * Third-party MCP servers: where they are, how they are, and a record of their tools. Each tool has the definition that
 * somebody approved and the one that was seen last; what differs is a change, which is shown and, where the policy says so,
 * withheld until it is approved. The caller of these doors has checked that it may; only what sends a credential somewhere
 * is checked here.
 */
package io.gatehouse.upstreams;
