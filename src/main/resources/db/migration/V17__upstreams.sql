-- For people, as the upstream has it now or had it last; there to be searched.
alter table upstream_tool add title varchar;
