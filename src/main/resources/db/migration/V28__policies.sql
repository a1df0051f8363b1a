-- Limits of each caller and of each tool as JSON, as the room policies writes it
alter table server_policy
    add column max_concurrent_calls integer,
    add column caller_limits varchar not null default '{}',
    add column tool_limits varchar not null default '{}',
    add column tells_model boolean not null default false,
    add column admits_uncounted boolean not null default false;
