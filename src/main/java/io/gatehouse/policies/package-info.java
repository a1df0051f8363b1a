/** What limits the traffic of each MCP server: how much, and from where. Defined and validated here. */
package io.gatehouse.policies;
