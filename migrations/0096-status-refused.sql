-- How often in a row an address was refused for good: one that is gone is not written to for ever.
alter table status_subscriber add refused integer not null default 0;
