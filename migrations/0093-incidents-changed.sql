-- What people said of a change that may be the cause: it was, or it was not. Counted, so that the ranking can be judged.
create table incidents_verdict (
  incident_id uuid not null references incidents_incident,
  change_key text not null,
  was boolean not null,
  -- Its place in the ranking when it was judged, from 1.
  place integer not null,
  title text not null,
  person_id uuid references record,
  at timestamptz not null,
  primary key (incident_id, change_key)
);
