-- Beside the built-in roles that there are, whose names and ids clients know. Whoever had every privilege keeps that.
update client_role set permissions = '*'
    where workspace_id is not null and array_length(string_to_array(permissions, ','), 1) = 15;
insert into client_role (name, permissions) values
    ('Owner', '*'),
    ('Admin', 'VIEW_SERVERS,CREATE_SERVERS,EDIT_SERVERS,DELETE_SERVERS,MANAGE_SERVER_ACCESS,VIEW_TOOLS,EDIT_TOOLS,VIEW_CONNECTIONS,EDIT_CONNECTIONS,VIEW_PROJECTS,EDIT_PROJECTS,VIEW_USERS,EDIT_USERS,VIEW_CLIENTS,EDIT_CLIENTS'),
    ('Editor', 'VIEW_SERVERS,CREATE_SERVERS,EDIT_SERVERS,VIEW_TOOLS,EDIT_TOOLS,VIEW_CONNECTIONS,EDIT_CONNECTIONS,VIEW_PROJECTS,EDIT_PROJECTS,VIEW_USERS'),
    ('Auditor', 'VIEW_SERVERS,VIEW_SERVER_TOKENS,VIEW_TOOLS,VIEW_CONNECTIONS,VIEW_PROJECTS,VIEW_USERS,VIEW_CLIENTS'),
    ('Operator', 'VIEW_SERVERS,OPERATE_SERVERS,MANAGE_SERVER_TOKENS,VIEW_TOOLS,VIEW_CONNECTIONS,OPERATE_CONNECTIONS,VIEW_PROJECTS,VIEW_USERS');

-- The people who may manage, and how much; one row each.
create table administrator (
    user_id bigint primary key references end_user on delete cascade,
    workspace_id bigint not null references workspace,
    role_id bigint not null references client_role,
    all_projects boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index on administrator (workspace_id, created_at, user_id);
create index on administrator (role_id);

create table administrator_project (
    user_id bigint not null references administrator on delete cascade,
    project_id bigint not null references project on delete cascade,
    primary key (user_id, project_id)
);

-- What people let applications do may be the management of all of it, in place of one server.
alter table oauth_grant alter server_id drop not null;
alter table oauth_code alter server_id drop not null;
