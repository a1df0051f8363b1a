/**
 * Programs that use MCP servers in nobody's name: service accounts, which administrators make. Like people they reach a
 * server through user groups only; unlike people they have no password, no page and no consent, but a secret or a key.
 */
package io.gatehouse.access.accounts;
