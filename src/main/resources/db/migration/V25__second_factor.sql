-- The key of a person's second factor (RFC 6238), and the time step of the last code that was used; null for none.
alter table end_user add sealed_second_factor varchar, add second_factor_step bigint;
