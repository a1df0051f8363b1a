/** The tokens that open MCP servers: random, shown once, stored only as SHA-256 digests. */
package io.gatehouse.access.tokens;
