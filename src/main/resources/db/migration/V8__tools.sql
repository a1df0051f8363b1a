alter table api_endpoint add object_id varchar unique;
update api_endpoint set object_id = substr(md5(random()::text || id), 1, 24);
alter table api_endpoint alter object_id set not null;
