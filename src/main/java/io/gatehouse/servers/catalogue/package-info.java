/**
 * The one catalogue of what servers can offer as tools, be it an operation of an imported API or a tool of a third-party MCP
 * server. Ids come from one sequence, so an id alone names an entry of any kind.
 */
package io.gatehouse.servers.catalogue;
