-- How urgent pages of a policy are, and how long an acknowledgement holds before paging begins anew (0: for ever).
alter table oncall_policy
  add column urgency jsonb not null default '{"by": "high", "support": null}',
  add column answer_minutes integer not null default 30 check (answer_minutes between 0 and 1440);

-- A service may be more or less urgent than its policy says.
alter table oncall_coverage add column urgency text check (urgency in ('high', 'severity', 'support'));

-- What the conditions of steps ask for, and by which service the policy was chosen.
alter table oncall_run
  add column service_id uuid,
  add column severity text check (severity in ('critical', 'error', 'warning', 'info')),
  add column tier smallint;
drop index oncall_run_due;
create index oncall_run_due on oncall_run (next_at) where state in ('running', 'acknowledged');
create index oncall_run_open_service on oncall_run (service_id) where state in ('running', 'acknowledged', 'exhausted');

-- How often a step that takes turns has taken one: whose turn it is next.
create table oncall_turn (
  policy_id uuid not null references oncall_policy,
  step integer not null,
  turns integer not null default 0,
  primary key (policy_id, step)
);

-- What the auditor of paging found last, outside of the job queue; one row for the whole desk.
create table oncall_audit (
  one boolean primary key default true check (one),
  checked_at timestamptz not null,
  trouble_since timestamptz,
  troubles jsonb not null default '[]',
  told_at timestamptz,
  jobs_seen_at timestamptz
);
