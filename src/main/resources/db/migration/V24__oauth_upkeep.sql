-- When a person last let the application in; null for never.
alter table oauth_client add used_at timestamptz;
update oauth_client c set used_at = (select max(g.created_at) from oauth_grant g where g.client_id = c.id);
