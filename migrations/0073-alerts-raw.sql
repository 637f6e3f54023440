-- A message is stored before its sender is answered, so storing it does nothing that can be left out. Sources are never
-- deleted: the foreign key only made messages that arrive together share a lock on the row of their source.
alter table alerts_raw drop constraint alerts_raw_source_id_fkey;
-- `alerts_raw_open` finds those that wait as well; the sweep goes by the order in which they were written.
drop index alerts_raw_waiting;
drop index alerts_raw_old;
create index alerts_raw_received on alerts_raw using brin (received_at);
