/** What a newcomer meets on the first start in development: Gatehouse's own management API as an MCP server. */
package io.gatehouse.api.demo;
