/** What goes through MCP servers, in the shapes of the Workato dialect, which has no words for it. */
package io.gatehouse.api.traffic;
