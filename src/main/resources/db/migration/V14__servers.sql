alter table mcp_server add upstream_id bigint references upstream;
create index on mcp_server (upstream_id) where upstream_id is not null;
