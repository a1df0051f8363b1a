-- Every MCP call and what came of it. Days are partitions, which the product makes ahead and drops when their time is over.
create table activity_entry (
    id uuid not null,
    at timestamptz not null,
    batch bigint not null default pg_current_xact_id()::text::bigint,
    workspace_id bigint not null,
    server_id bigint not null,
    type varchar not null,
    level varchar not null,
    status varchar not null,
    method varchar not null,
    tool varchar,
    caller varchar,
    caller_name varchar,
    authentication varchar,
    address varchar,
    user_agent varchar,
    rule varchar,
    message varchar,
    http_status smallint not null,
    error_code bigint,
    duration bigint not null,
    era varchar not null,
    protocol_version varchar,
    request_id varchar,
    trace_id varchar,
    replica varchar not null,
    request_bytes bigint not null,
    response_bytes bigint not null,
    input varchar,
    input_cut boolean not null,
    output varchar,
    output_cut boolean not null,
    job_id bigint
) partition by range (at);
create index on activity_entry (server_id, at);
create index on activity_entry (server_id, tool collate "C", at) where tool is not null;
create index on activity_entry (server_id, caller collate "C", at);
-- what is looked for by level or status is rare
create index on activity_entry (server_id, at, level, status) where status <> 'success';
create index on activity_entry (server_id, type, at) where type <> 'tool_call';
create index on activity_entry (server_id, job_id, at) where job_id is not null;
-- answers that are still being streamed
create index on activity_entry (replica, at) where status = 'open';
-- Who follows the log asks for batches every second; a BRIN would know nothing of those that were just written.
create index on activity_entry (batch);

-- What was committed together. Readers that must miss nothing follow these in the order of their transactions, and only
-- as far as none that is older can still commit.
create table activity_batch (
    transaction xid8 not null default pg_current_xact_id(),
    at timestamptz not null default clock_timestamp()
) partition by range (at);
create index on activity_batch (transaction);

create function activity_note_batch() returns trigger language plpgsql as $$
begin
    insert into activity_batch default values;
    return null;
end $$;
create trigger note_batch after insert or update on activity_entry for each statement execute function activity_note_batch();

-- JSON knows numbers and characters that this database does not; such an entry has no fields.
create function activity_json(text varchar) returns jsonb language plpgsql immutable parallel safe as $$
begin
    return text::jsonb;
exception when data_exception or program_limit_exceeded then
    return null;
end $$;

create table activity_retention (
    workspace_id bigint primary key references workspace on delete cascade,
    days integer not null
);

create table activity_setting (
    server_id bigint primary key references mcp_server on delete cascade,
    inputs boolean not null,
    outputs boolean not null,
    masked_fields varchar not null
);

-- A partition is made by itself and then attached, which stops nobody who reads or writes. Only the owner of the tables may;
-- where the application has another role, it does so through this.
create function activity_make_partitions(first date, days integer) returns void language plpgsql
    security definer set search_path from current as $$
declare
    parent text;
    day date;
    name text;
begin
    foreach parent in array array['activity_entry', 'activity_batch'] loop
        for day in select first + i from generate_series(0, days) i loop
            name := parent || '_' || to_char(day, 'YYYYMMDD');
            if to_regclass(name) is null then
                execute format('create table %I (like %I including defaults including constraints)', name, parent);
                execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, name,
                    day::text || ' 00:00+00', (day + 1)::text || ' 00:00+00');
            end if;
        end loop;
    end loop;
end $$;

-- One day at a time; not at all where somebody reads so long that others would have to wait behind this.
create function activity_drop_partition(before date) returns boolean language plpgsql
    security definer set search_path from current as $$
declare
    name text;
begin
    set local lock_timeout = '200ms';
    select inhrelid::regclass::text into name from pg_inherits
        where inhparent in ('activity_entry'::regclass, 'activity_batch'::regclass)
            and right(inhrelid::regclass::text, 8) < to_char(before, 'YYYYMMDD') limit 1;
    if name is null then
        return false;
    end if;
    execute format('drop table %s', name);
    return true;
exception when lock_not_available then
    return false;
end $$;

select activity_make_partitions((now() at time zone 'UTC')::date, 7);

-- Who may read it. Whoever had every privilege keeps that.
update client_role set permissions = permissions || ',VIEW_LOGS'
    where workspace_id is null and name in ('Admin', 'Editor', 'Operator', 'Auditor');
update client_role set permissions = '*'
    where workspace_id is not null and array_length(string_to_array(permissions, ','), 1) = 21;
