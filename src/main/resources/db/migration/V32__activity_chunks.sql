-- Entries of a server and a second stand together in one row, compressed; what is asked for most is known of each row. A row
-- per entry and an index entry per question cost most of what the log did. No release has written the former tables.
drop trigger note_change on activity_entry;
drop function activity_note_change;
drop table activity_entry;
drop function activity_json;

create table activity_chunk (
    server_id bigint not null,
    workspace_id bigint not null,
    -- of the last entry
    at timestamptz not null,
    -- the greatest of the entries' ids
    last_id uuid not null,
    batch bigint not null default pg_current_xact_id()::text::bigint,
    -- a single entry that will be replaced
    is_open boolean not null,
    infos integer not null,
    warnings integer not null,
    errors integer not null,
    -- hashes of what entries are looked for by
    terms integer[] not null,
    data bytea not null
) partition by range (at);
alter table activity_chunk alter data set storage external;
create index on activity_chunk (server_id, at, last_id);
-- Who is answered when an entry is committed does not wait until a list of what is pending is worked off.
create index on activity_chunk using gin (terms) with (fastupdate = off);
-- Who follows the log asks for batches every second; a BRIN would know nothing of those that were just written.
create index on activity_chunk (batch);
create index on activity_chunk (at) where is_open;
create trigger note_batch after insert on activity_chunk for each statement execute function activity_note_batch();

create or replace function activity_make_partitions(first date, days integer) returns void language plpgsql
    security definer set search_path from current as $$
declare
    parent text;
    day date;
    name text;
begin
    foreach parent in array array['activity_chunk', 'activity_batch'] loop
        for day in select first + i from generate_series(0, days) i loop
            name := parent || '_' || to_char(day, 'YYYYMMDD');
            if to_regclass(name) is null then
                execute format('create table %I (like %I including defaults including constraints including storage)', name,
                    parent);
                execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, name,
                    day::text || ' 00:00+00', (day + 1)::text || ' 00:00+00');
            end if;
        end loop;
    end loop;
end $$;

create or replace function activity_drop_partition(before date) returns boolean language plpgsql
    security definer set search_path from current as $$
declare
    name text;
begin
    set local lock_timeout = '200ms';
    select inhrelid::regclass::text into name from pg_inherits
        where inhparent in ('activity_chunk'::regclass, 'activity_batch'::regclass)
            and right(inhrelid::regclass::text, 8) < to_char(before, 'YYYYMMDD') limit 1;
    if name is null then
        return false;
    end if;
    execute format('drop table %s', name);
    return true;
exception when lock_not_available then
    return false;
end $$;

-- How many entries of a chunk a destination of this level gets.
create function activity_of_level(chunk activity_chunk, level varchar) returns integer language sql immutable as $$
    select chunk.errors + case when level in ('warning', 'info') then chunk.warnings else 0 end
        + case when level = 'info' then chunk.infos else 0 end
$$;

create or replace function siem_note_lost(moment timestamptz, usual integer) returns void language sql as $$
    update siem_cursor c set lost = c.lost + gone.entries
    from (
        select d.id, sum(activity_of_level(e, d.level)) as entries
        from siem_destination d
        join siem_cursor c on c.destination_id = d.id
        left join activity_retention kept on kept.workspace_id = d.workspace_id
        join activity_chunk e on e.workspace_id = d.workspace_id and (e.batch, e.last_id) > (c.batch, c.entry_id)
            and e.at < moment - make_interval(days => coalesce(kept.days, usual)) and not e.is_open
        where d.activity
        group by d.id) gone
    where c.destination_id = gone.id
$$;

select activity_make_partitions((now() at time zone 'UTC')::date, 7);
