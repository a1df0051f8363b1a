-- What is looked for by two conditions is told apart in the index: in the table, each entry is on a page of its own.
drop index activity_entry_server_id_caller_at_idx;
create index on activity_entry (server_id, caller collate "C", at, tool collate "C");
drop index activity_entry_server_id_at_level_status_idx;
create index on activity_entry (server_id, at, level, status, tool collate "C", caller collate "C") where status <> 'success';

-- Nobody asks for a replica.
drop index activity_entry_replica_at_idx;
create index on activity_entry (at) where status = 'open';

-- It has an exception block, which a parallel worker can't enter.
alter function activity_json(varchar) parallel restricted;
