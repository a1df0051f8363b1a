-- Calls of each window. Those in advance are counted as used, but some replica may still hold them. The last three columns are
-- what a statement tells the one that sent it: its place there, and what it got.
create table call_counter (
    key varchar not null,
    span varchar not null,
    started_at timestamptz not null,
    used bigint not null,
    ahead bigint not null,
    ask bigint not null,
    granted bigint not null,
    reserved bigint not null,
    primary key (key, span, started_at)
) with (fillfactor = 50);

-- Who has how many places among the calls at the same time, until when, and by which statement.
create table call_place (
    key varchar primary key,
    holders jsonb not null,
    ask bigint not null,
    granted bigint not null,
    taken bigint not null
) with (fillfactor = 50);
