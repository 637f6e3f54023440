create sequence record_number_alert;
create sequence record_number_source;

create table alerts_source (
  id uuid primary key references record,
  service_id uuid references record,
  about text not null default '',
  last_signal_at timestamptz,
  last_failure text,
  last_failure_at timestamptz
);

-- Two keys may be valid at a time, so that one can be changed without losing a signal. Only hashes are kept.
create table alerts_key (
  id uuid primary key,
  source_id uuid not null references alerts_source,
  hash bytea not null unique,
  prefix text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index alerts_key_source on alerts_key (source_id);

create table alerts_raw (
  id uuid primary key,
  source_id uuid not null references alerts_source,
  format text not null,
  body text not null,
  given_key text,
  received_at timestamptz not null,
  state text not null check (state in ('received', 'done', 'failed')),
  error text,
  signals integer
);
create index alerts_raw_waiting on alerts_raw (source_id, id) where state = 'received';
create index alerts_raw_source on alerts_raw (source_id, id desc);
create index alerts_raw_old on alerts_raw (received_at);

create table alerts_alert (
  id uuid primary key references record,
  source_id uuid references alerts_source,
  dedup_key text not null,
  state text not null check (state in ('triggered', 'acknowledged', 'resolved')),
  severity text not null check (severity in ('critical', 'error', 'warning', 'info')),
  service_id uuid references record,
  service_because text not null,
  origin text not null,
  labels jsonb not null,
  details jsonb not null,
  links jsonb not null,
  link text,
  opened_at timestamptz not null,
  starts_at timestamptz,
  last_signal_at timestamptz not null,
  signal_count integer not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid references record,
  resolved_at timestamptz,
  resolved_by uuid references record
);
create unique index alerts_alert_open_key on alerts_alert (coalesce(source_id, '00000000-0000-0000-0000-000000000000'), dedup_key) where state <> 'resolved';
create index alerts_alert_key on alerts_alert (dedup_key, opened_at desc);
create index alerts_alert_opened on alerts_alert (opened_at desc, id desc);
create index alerts_alert_open on alerts_alert (opened_at desc, id desc) where state <> 'resolved';
create index alerts_alert_service on alerts_alert (service_id, opened_at desc) where service_id is not null;

create table alerts_signal (
  id uuid primary key,
  alert_id uuid not null references alerts_alert,
  raw_id uuid,
  kind text not null,
  effect text not null,
  at timestamptz not null
);
create index alerts_signal_alert on alerts_signal (alert_id, id desc);

create table alerts_binding (
  id uuid primary key,
  position integer not null,
  matchers text not null,
  service_id uuid not null references record
);
create index alerts_binding_service on alerts_binding (service_id);
