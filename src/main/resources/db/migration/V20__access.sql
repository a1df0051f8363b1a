-- How people sign in. What a person has opened is good for one epoch: where it ends, all of it ends.
alter table end_user add password varchar, add epoch integer not null default 1;

-- What lets a person set a password, one at a time; only the SHA-256 digest of its token is kept, as of a session's.
create table invitation (
    user_id bigint primary key references end_user on delete cascade,
    digest varchar not null unique,
    expires_at timestamptz not null
);

create table browser_session (
    digest varchar primary key,
    user_id bigint not null references end_user on delete cascade,
    epoch integer not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null
);
create index on browser_session (user_id);

-- Failed sign-ins by the digest of the address that was typed, whether or not somebody has it.
create table sign_in_attempt (
    digest varchar primary key,
    failures integer not null,
    heard_from timestamptz not null,
    last_at timestamptz not null
);
