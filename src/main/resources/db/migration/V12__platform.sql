-- What is left of each limit; nothing is lost that a crash may not lose.
create unlogged table token_bucket (
    key varchar primary key,
    tokens integer not null,
    since timestamptz not null
);
