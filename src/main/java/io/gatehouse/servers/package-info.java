/**
 * MCP servers: their handles, their place in a project, the tools that are put on them, and the plan of each
 * ({@link io.gatehouse.servers.ServerPlanner}), which is all that the gateway ever learns of them. A server's tools are
 * links to the one catalogue with a name of their own; names are unique in the server and valid in MCP.
 */
package io.gatehouse.servers;
