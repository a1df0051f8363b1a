/**
 * MCP on the wire. {@code Classifier} tells from the body which era a message is of, {@code LegacyEdge} (2025-03-26 to
 * 2025-11-25) and {@code ModernEdge} (2026-07-28) answer it, both over the same era-free core. All state is in the
 * request: any replica can answer any message.
 */
package io.gatehouse.gateway.protocol;
