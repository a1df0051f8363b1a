-- The audit trail is only ever added to, and each workspace's entries form a chain: see decision 31.

-- It outlives what it tells of. A check of a reference would also need a privilege that nobody has below.
alter table audit_entry drop constraint audit_entry_workspace_id_fkey;
create index on audit_entry (workspace_id, id);
create index on audit_entry (workspace_id, resource_type, resource_id, id);
create index on audit_entry (workspace_id, action, id);
create index on audit_entry (workspace_id, actor, id);

-- The place of each entry: in the order of commits, without gaps.
create table audit_link (
    workspace_id bigint not null,
    seq bigint not null,
    entry_id bigint not null unique,
    version smallint not null,
    hash bytea not null,
    primary key (workspace_id, seq)
);

-- Now and then what a chain has come to is signed.
create table audit_checkpoint (
    workspace_id bigint not null,
    seq bigint not null,
    signed varchar not null,
    created_at timestamptz not null default now(),
    primary key (workspace_id, seq)
);

-- The public halves of the keys that signed, which outlive the keys.
create table audit_key (
    id varchar primary key,
    jwk varchar not null,
    created_at timestamptz not null default now()
);

create function audit_field(value text) returns text language sql immutable as $$
    select case when value is null then '-,' else octet_length(convert_to(value, 'UTF8')) || ':' || value || ',' end
$$;

-- Every field with its length in bytes, so that no two entries look alike; whoever verifies does the same.
create function audit_hash(previous bytea, seq bigint, e audit_entry) returns bytea language sql stable as $$
    select sha256(previous || convert_to('gatehouse-audit-1,' || audit_field(seq::text) || audit_field(e.id::text)
        || audit_field(e.workspace_id::text) || audit_field((extract(epoch from e.created_at) * 1000000)::bigint::text)
        || audit_field(e.actor) || audit_field(e.source) || audit_field(e.request_id) || audit_field(e.address)
        || audit_field(e.user_agent) || audit_field(e.action) || audit_field(e.resource_type)
        || audit_field(e.resource_id) || audit_field(e.resource_name) || audit_field(e.changes), 'UTF8'))
$$;

create function audit_append(e audit_entry) returns void language plpgsql as $$
declare
    head record;
begin
    select l.seq, l.hash into head from audit_link l where l.workspace_id = e.workspace_id order by l.seq desc limit 1;
    insert into audit_link (workspace_id, seq, entry_id, version, hash)
        values (e.workspace_id, coalesce(head.seq, 0) + 1, e.id, 1,
            audit_hash(coalesce(head.hash, ''::bytea), coalesce(head.seq, 0) + 1, e));
end $$;

-- At commit, when nothing is waited for any more: one lock for all chains, which is free as soon as the links are seen.
create function audit_chain() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('audit', 0));
    perform audit_append(new);
    return null;
end $$;

create function audit_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'The audit trail is only ever added to: % of % is refused', lower(tg_op), tg_table_name;
end $$;

do $$
declare
    ledger text;
    grantee text;
    entry audit_entry;
begin
    -- A table of the session's own does not stand in for one of these.
    execute format('alter function audit_append(audit_entry) set search_path = %I, pg_temp', current_schema());

    for entry in select * from audit_entry order by workspace_id, id loop
        perform audit_append(entry);
    end loop;

    foreach ledger in array array['audit_entry', 'audit_link', 'audit_checkpoint', 'audit_key'] loop
        execute format('create trigger refuse before update or delete or truncate on %I for each statement '
            'execute function audit_refuse()', ledger);
        execute format('alter table %I enable always trigger refuse', ledger);
        -- Nor has anybody the privilege, this role included.
        for grantee in select distinct coalesce(r.rolname, 'public') from pg_class c
                cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
                left join pg_roles r on r.oid = a.grantee
                where c.oid = ledger::regclass loop
            execute format('revoke update, delete, truncate on %I from %s', ledger,
                case grantee when 'public' then 'public' else quote_ident(grantee) end);
        end loop;
    end loop;
end $$;

create constraint trigger chain after insert on audit_entry deferrable initially deferred
    for each row execute function audit_chain();

-- Who may read it. Whoever had every privilege keeps that.
update client_role set permissions = permissions || ',VIEW_AUDIT'
    where workspace_id is null and name in ('Admin', 'Auditor');
update client_role set permissions = '*'
    where workspace_id is not null and array_length(string_to_array(permissions, ','), 1) = 20;
