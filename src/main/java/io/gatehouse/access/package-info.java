/**
 * Who is asking, and whom it concerns: workspaces with their projects and folders; in {@code clients} those who manage,
 * with their signed tokens; in {@code people} those who use MCP servers, with their groups and passwords; in
 * {@code signin} the browsers they are signed in with; in {@code oauth} the applications they let in; in {@code keys} what
 * signs our tokens; in {@code tokens} what opens an MCP server without a person; in {@code issuers} whom issuers outside
 * vouch for.
 */
package io.gatehouse.access;
