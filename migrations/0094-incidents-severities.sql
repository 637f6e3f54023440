-- What each severity means in this house, where somebody wrote it; else the desk's own words hold.
create table incidents_severity (
  severity text primary key check (severity in ('SEV1', 'SEV2', 'SEV3', 'SEV4')),
  means text not null,
  examples text not null default '',
  written_by uuid references record,
  at timestamptz not null
);
