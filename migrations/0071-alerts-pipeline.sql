-- Alerts that belong together: told about once. Open while one of them fires; the unique key makes two of one kind impossible.
create table alerts_group (
  id uuid primary key,
  key text not null,
  -- The alert that began it; it stands for the group until people are paged about another.
  first_id uuid not null references record,
  title text not null,
  service_id uuid references record,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  closed_at timestamptz,
  alert_count integer not null,
  open_count integer not null,
  severity text not null check (severity in ('critical', 'error', 'warning', 'info')),
  -- Instants of the firings that still count while the group waits for more of them.
  firings jsonb not null,
  confirmed boolean not null,
  -- The alert about which people were paged, and how bad it was then; null before.
  lead_id uuid references record,
  paged_severity text,
  ticketed boolean not null
);
create unique index alerts_group_open_key on alerts_group (key) where closed_at is null;
create index alerts_group_last on alerts_group (last_at desc, id desc);
create index alerts_group_open on alerts_group (last_at desc, id desc) where closed_at is null;
create index alerts_group_service on alerts_group (service_id) where service_id is not null;

alter table alerts_alert
  add column component_id uuid references record,
  add column node_id uuid generated always as (coalesce(component_id, service_id)) stored,
  -- Labels that the desk adds for its stages: service, team, tier, source, severity, alertname.
  add column extra jsonb not null default '{}',
  add column outcome text not null default 'page' check (outcome in ('page', 'ticket', 'log')),
  add column rule_name text not null default '',
  add column held text check (held in ('muted', 'inhibited', 'unconfirmed', 'settling')),
  add column held_by uuid,
  add column wake_at timestamptz,
  add column verdicts jsonb not null default '[]',
  add column group_id uuid references alerts_group,
  add column reopens integer not null default 0,
  add column reopened_at timestamptz,
  add column calm_signals integer not null default 0,
  add column calm_since timestamptz;
create index alerts_alert_group on alerts_alert (group_id, opened_at desc, id desc) where group_id is not null;
create index alerts_alert_wake on alerts_alert (wake_at) where wake_at is not null;
create index alerts_alert_held on alerts_alert (held_by) where held_by is not null;
create index alerts_alert_failing on alerts_alert (node_id, opened_at) where state <> 'resolved' and severity = 'critical' and node_id is not null;
create index alerts_alert_component on alerts_alert (component_id) where component_id is not null;

alter table alerts_signal add column times integer not null default 1;

-- Each saved version of the rules is kept: who changed where alerts go, and when, must be answerable.
create table alerts_routing (
  version integer primary key,
  rules jsonb not null,
  at timestamptz not null,
  by_id uuid references record
);
