create sequence record_number_rota;
create sequence record_number_policy;

create table oncall_rota (
  id uuid primary key references record,
  zone text not null,
  about text not null default ''
);

-- A change of a layer ends it and begins a new one, so the past is never rewritten.
create table oncall_layer (
  id uuid primary key,
  rota_id uuid not null references oncall_rota,
  name text not null,
  priority integer not null,
  kind text not null check (kind in ('hourly', 'daily', 'weekly', 'monthly')),
  length integer not null check (length between 1 and 400),
  start_local text not null,
  people uuid[] not null,
  from_at timestamptz,
  until_at timestamptz,
  created_at timestamptz not null
);
create index oncall_layer_rota on oncall_layer (rota_id);

-- Planned in the rota's zone; the instants are derived from the local times and kept for the index.
create table oncall_override (
  id uuid primary key,
  rota_id uuid not null references oncall_rota,
  layer_id uuid references oncall_layer,
  person_id uuid references record,
  from_local text not null,
  until_local text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  note text not null default '',
  created_at timestamptz not null,
  created_by uuid references record,
  removed_at timestamptz
);
create index oncall_override_rota on oncall_override (rota_id, until_at) where removed_at is null;

create table oncall_policy (
  id uuid primary key references record,
  about text not null default '',
  steps jsonb not null,
  repeat integer not null check (repeat between 0 and 5),
  is_default boolean not null
);
create unique index oncall_policy_default on oncall_policy (is_default) where is_default;

create table oncall_coverage (
  service_id uuid primary key references record,
  policy_id uuid not null references oncall_policy
);
create index oncall_coverage_policy on oncall_coverage (policy_id);

-- One run of a policy about one record; the policy is kept as it was when the run began.
create table oncall_run (
  id uuid primary key,
  about_id uuid not null references record,
  policy_id uuid references oncall_policy,
  policy jsonb not null,
  policy_name text not null,
  title text not null,
  text text not null,
  escalation jsonb not null,
  state text not null check (state in ('running', 'acknowledged', 'exhausted', 'ended')),
  next_at timestamptz,
  started_at timestamptz not null,
  ended_at timestamptz
);
create unique index oncall_run_open on oncall_run (about_id) where state in ('running', 'acknowledged', 'exhausted');
create index oncall_run_due on oncall_run (next_at) where state = 'running';
create index oncall_run_about on oncall_run (about_id, started_at desc);
