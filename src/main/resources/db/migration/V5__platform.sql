-- The running replicas. One that was not seen for a few seconds trusts nothing it keeps in memory.
create table replica (
    id uuid primary key,
    seen_at timestamptz not null
);
