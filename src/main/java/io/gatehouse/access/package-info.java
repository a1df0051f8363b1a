/**
 * Who is asking: workspaces with their projects and folders, clients of the management API with their signed tokens, and
 * (in {@code tokens}) the tokens that open MCP servers. A management token is a JWT which is good while its client's row
 * names it; an MCP token is random and known here only by its digest.
 */
package io.gatehouse.access;
