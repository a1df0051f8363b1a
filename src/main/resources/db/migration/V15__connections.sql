alter table connection add client_grant varchar;
-- What uses a connection is asked when it is to be deleted.
create index on api_collection (connection_id);
