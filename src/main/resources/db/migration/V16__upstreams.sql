-- Whether an upstream is there for itself, and stays when no server stands for it.
alter table upstream add stands_alone boolean not null default false;
