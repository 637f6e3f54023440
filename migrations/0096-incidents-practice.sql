-- An incident run for practice: the same screens, marked, told to nobody outside, counted apart.
alter table incidents_incident add column practice boolean not null default false;
