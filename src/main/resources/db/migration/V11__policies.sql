create table server_policy (
    server_id bigint primary key references mcp_server on delete cascade,
    requests_per_minute integer,
    requests_per_hour integer,
    requests_per_month integer,
    ip_allowlist varchar not null,
    ip_denylist varchar not null
);
