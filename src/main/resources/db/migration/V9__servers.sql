alter table mcp_server
    add relative_uri varchar,
    add enabled boolean not null default true,
    add oauth varchar,
    add sealed_client_secret varchar,
    add needs_tools boolean not null default false,
    add deleted_at timestamptz,
    add purge_after timestamptz;
update mcp_server set relative_uri = '/' || handle;
alter table mcp_server alter relative_uri set not null, alter enabled drop default;
-- By digest, for a long text does not fit into an index.
create unique index mcp_server_relative_uri on mcp_server (workspace_id, md5(relative_uri)) where deleted_at is null;
create index on mcp_server (md5(relative_uri)) where deleted_at is null;
drop index mcp_server_workspace_id_created_at_id_idx;
create index on mcp_server (workspace_id, created_at, id) where deleted_at is null;
create index on mcp_server (purge_after) where purge_after is not null;
create index on mcp_server (project_id);

alter table server_tool
    add position integer not null default 0,
    add enabled boolean not null default true,
    add annotations varchar,
    add overrides varchar;
alter table server_tool alter position drop default, alter enabled drop default,
    drop constraint server_tool_server_id_name_key,
    -- Judged at the end, so that two tools can swap their names.
    add constraint server_tool_name unique (server_id, name) deferrable initially deferred;

create table server_user_group (
    server_id bigint not null references mcp_server on delete cascade,
    group_id bigint not null references user_group on delete cascade,
    primary key (server_id, group_id)
);
create index on server_user_group (group_id);
