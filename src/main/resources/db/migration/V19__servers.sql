-- Pictures of a server, and in its own words of a tool: a JSON array of icons as MCP has them, null for none.
alter table mcp_server add icons varchar;
alter table server_tool add icons varchar;
