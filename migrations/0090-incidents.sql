create sequence record_number_incident;
create sequence record_number_review;

-- Work state (`stage`) only; the public phase is another table's, visibility is the record's.
create table incidents_incident (
  id uuid primary key references record,
  severity text not null check (severity in ('SEV1', 'SEV2', 'SEV3', 'SEV4')),
  stage text not null check (stage in ('declared', 'investigating', 'mitigating', 'monitoring', 'resolved')),
  service_id uuid references record,
  commander_id uuid references record,
  operations_id uuid references record,
  communication_id uuid references record,
  scribe_id uuid references record,
  declared_at timestamptz not null,
  stage_since timestamptz not null,
  resolved_at timestamptz,
  resolution text not null default '',
  every_minutes integer check (every_minutes between 0 and 1440),
  updated_at timestamptz,
  update_due_at timestamptz
);
create index incidents_incident_declared on incidents_incident (declared_at desc, id desc);
create index incidents_incident_live on incidents_incident (severity, declared_at) where stage <> 'resolved';
create index incidents_incident_service on incidents_incident (service_id, declared_at desc) where service_id is not null;

create table incidents_participant (
  incident_id uuid not null references incidents_incident,
  person_id uuid not null references record,
  joined_at timestamptz not null,
  primary key (incident_id, person_id)
);

-- What people wrote; the activity log names the row and never holds the words.
create table incidents_text (
  id uuid primary key,
  incident_id uuid not null references incidents_incident,
  purpose text not null check (purpose in ('update', 'severity', 'resolution', 'reopening')),
  stage text not null,
  text text not null,
  author_id uuid references record,
  at timestamptz not null
);
create index incidents_text_incident on incidents_text (incident_id, at desc);

create table incidents_meaning (
  incident_id uuid not null references incidents_incident,
  revision integer not null,
  text text not null,
  author_id uuid references record,
  at timestamptz not null,
  primary key (incident_id, revision)
);

create table incidents_note (
  id uuid primary key,
  incident_id uuid not null references incidents_incident,
  kind text not null check (kind in ('tested', 'changed', 'unknown', 'decision')),
  result text not null check (result in ('good', 'critical', 'info', 'unknown')),
  text text not null,
  answer text not null default '',
  author_id uuid references record,
  at timestamptz not null,
  answered_by uuid references record,
  answered_at timestamptz
);
create index incidents_note_incident on incidents_note (incident_id, at);

create table incidents_note_revision (
  note_id uuid not null references incidents_note,
  revision integer not null,
  text text not null,
  at timestamptz not null,
  primary key (note_id, revision)
);

create table incidents_alert (
  incident_id uuid not null references incidents_incident,
  alert_id uuid not null references record,
  joined_at timestamptz not null,
  primary key (incident_id, alert_id)
);
create index incidents_alert_alert on incidents_alert (alert_id);

create table incidents_review (
  id uuid primary key references record,
  incident_id uuid not null unique references incidents_incident,
  state text not null check (state in ('draft', 'in review', 'done')),
  due_on date not null,
  finished_at timestamptz,
  no_action_reason text not null default ''
);
create index incidents_review_due on incidents_review (state, due_on, id);

create table incidents_section (
  review_id uuid not null references incidents_review,
  section text not null,
  revision integer not null,
  text text not null,
  author_id uuid references record,
  at timestamptz not null,
  primary key (review_id, section, revision)
);

-- Where somebody chose otherwise than the default of the entry's kind.
create table incidents_pick (
  review_id uuid not null references incidents_review,
  activity_id uuid not null,
  picked boolean not null,
  primary key (review_id, activity_id)
);
