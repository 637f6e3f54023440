-- The kinds of probes are listed once, in the contract.
alter table checks_check drop constraint checks_check_probe_check;
-- Passwords and tokens of the configuration, sealed by the desk's key; the configuration holds a mask in their place.
alter table checks_check add column secrets text;
-- What it was moved in from: a second import of the same thing finds it.
alter table checks_check add column moved_from text;
create unique index checks_check_moved_from on checks_check (moved_from) where moved_from is not null and retired_at is null;

-- Named values of a run: days left, packets lost, rows.
alter table checks_result add column measured jsonb;
