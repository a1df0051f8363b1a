/**
 * The span of each request by the semantic conventions for MCP, with its stages within, and its measurement. Nothing here is
 * used, or costs anything, where nobody configured where such things go.
 */
package io.gatehouse.gateway.trace;
