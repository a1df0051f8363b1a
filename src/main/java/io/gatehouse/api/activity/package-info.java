/** The activity log of MCP servers: searched, watched, and how much it tells. One shape of entry for both dialects. */
package io.gatehouse.api.activity;
