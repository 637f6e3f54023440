-- What a service promises and carries, where a component is found, and what else both are called.
alter table catalog_service
  add column capability text not null default '',
  add column rpo_minutes integer check (rpo_minutes >= 0),
  add column rto_minutes integer check (rto_minutes >= 0),
  add column support_hours text not null default '',
  add column tags text[] not null default '{}',
  add column merged_into uuid references record;
alter table catalog_component
  add column cloud_id text not null default '',
  add column tags text[] not null default '{}',
  add column merged_into uuid references record,
  drop constraint catalog_component_type_check,
  add constraint catalog_component_type_check check (type in ('host', 'vm', 'container', 'database', 'network', 'storage', 'cluster', 'certificate', 'domain',
    'saas', 'directory', 'queue', 'cloud', 'software', 'site', 'zone', 'rack'));
create index catalog_component_cloud on catalog_component (lower(cloud_id)) where cloud_id <> '';
create index catalog_service_tags on catalog_service using gin (tags);
create index catalog_component_tags on catalog_component using gin (tags);

create index catalog_restricted on record (id) where visibility = 'restricted' and kind in ('service', 'component');

-- A source of the catalog: a file, a directory or a checkout, read by hand or on a schedule.
create sequence record_number_import;
create table catalog_import (
  id uuid primary key references record,
  format text not null,
  -- Empty: files are uploaded. Else a path below the directory that the configuration allows.
  path text not null default '',
  options jsonb not null,
  -- Owner as the source names it → id of the team that is meant.
  owners jsonb not null default '{}',
  every_minutes integer check (every_minutes between 5 and 44640),
  applies text not null check (applies in ('after a look', 'by itself')),
  archive_after_days integer not null check (archive_after_days between 0 and 3650),
  -- Terraform: lineage → highest serial that was applied.
  serials jsonb not null default '{}',
  read_at timestamptz,
  outcome text not null default ''
);

create table catalog_run (
  id uuid primary key,
  import_id uuid not null references record,
  actor_id uuid references record,
  at timestamptz not null,
  state text not null check (state in ('planned', 'applying', 'applied', 'discarded', 'refused')),
  complete boolean not null,
  -- Kept until the run is applied or discarded.
  reading jsonb,
  findings jsonb not null,
  counts jsonb not null,
  digest text not null,
  sentence text not null,
  -- The first record was written: a run that goes on after a crash is not compared with its plan again.
  begun_at timestamptz,
  ended_at timestamptz
);
create index catalog_run_import on catalog_run (import_id, at desc, id desc);
create unique index catalog_run_applying on catalog_run (import_id) where state = 'applying';

create table catalog_change (
  run_id uuid not null references catalog_run on delete cascade,
  position integer not null,
  op text not null check (op in ('create', 'change', 'match', 'return', 'stale', 'conflict', 'edge', 'edge changed', 'edge ended')),
  name text not null,
  ref text not null,
  record_id uuid references record,
  because text not null,
  fields jsonb not null,
  primary key (run_id, position)
);

-- What a source calls a record, and what it said of it last: the base of the next comparison.
create table catalog_identity (
  import_id uuid not null references record,
  ref text not null,
  record_id uuid not null references record,
  said jsonb not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  stale_since timestamptz,
  -- This import made the record; what people declared is never archived for being unseen.
  made boolean not null,
  archived_at timestamptz,
  primary key (import_id, ref)
);
create index catalog_identity_record on catalog_identity (record_id);
create index catalog_identity_stale on catalog_identity (stale_since) where stale_since is not null;

alter table catalog_edge
  add column redundancy_group text not null default '',
  add column confidence smallint not null default 100 check (confidence between 0 and 100),
  add column import_id uuid references record;
create index catalog_edge_import on catalog_edge (import_id) where import_id is not null and ended_at is null;
create index catalog_edge_unseen on catalog_edge (last_seen) where ended_at is null;

-- How many providers of a group its consumer needs, [begun_at, ended_at).
create table catalog_redundancy (
  id uuid primary key,
  consumer_id uuid not null references record,
  redundancy_group text not null,
  min_up real not null check (min_up >= 0),
  unit text not null check (unit in ('count', 'percent')),
  begun_at timestamptz not null,
  ended_at timestamptz
);
create unique index catalog_redundancy_open on catalog_redundancy (consumer_id, redundancy_group) where ended_at is null;
create index catalog_redundancy_history on catalog_redundancy (consumer_id, begun_at);

-- What a record of the catalog was, [begun_at, ended_at): the graph of any instant is asked here.
create table catalog_state (
  record_id uuid not null references record,
  begun_at timestamptz not null,
  ended_at timestamptz,
  title text not null,
  attributes jsonb not null,
  primary key (record_id, begun_at)
);
create unique index catalog_state_open on catalog_state (record_id) where ended_at is null;
create index catalog_state_begun on catalog_state (begun_at);
create index catalog_state_ended on catalog_state (ended_at) where ended_at is not null;
insert into catalog_state (record_id, begun_at, title, attributes)
select r.id, r.opened_at, r.title, (to_jsonb(s) - 'id') || jsonb_build_object('team_id', r.team_id, 'owner_id', r.owner_id) from record r join catalog_service s on s.id = r.id
union all
select r.id, r.opened_at, r.title, (to_jsonb(c) - 'id') || jsonb_build_object('team_id', r.team_id, 'owner_id', r.owner_id) from record r join catalog_component c on c.id = r.id;

-- Something that two sources, or a source and a person, do not agree about, or that lacks an answer.
create table catalog_card (
  id uuid primary key,
  kind text not null check (kind in ('disagreement', 'duplicate', 'unseen', 'owner left', 'missing')),
  -- Says which question it is, so that it is asked once.
  key text not null unique,
  record_id uuid not null references record,
  other_id uuid references record,
  edge_id uuid references catalog_edge,
  evidence jsonb not null,
  state text not null check (state in ('open', 'ignored', 'settled')),
  ignored_until timestamptz,
  found_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid references record,
  settled_how text not null default ''
);
create index catalog_card_open on catalog_card (found_at, id) where state = 'open';
create index catalog_card_record on catalog_card (record_id);

-- The scorecard: what a service must have for a level. A rule that is removed stays, so that its exemptions keep their meaning.
create table catalog_rule (
  id uuid primary key,
  level text not null check (level in ('bronze', 'silver', 'gold')),
  title text not null,
  advice text not null,
  fact text not null,
  operator text not null check (operator in ('is set', 'is not set', 'is', 'is not', 'at least', 'at most', 'contains')),
  value jsonb not null,
  -- Empty: services of every tier.
  tiers smallint[] not null,
  position integer not null,
  removed_at timestamptz
);
insert into catalog_rule (id, level, position, title, fact, operator, value, tiers, advice) values
  ('01930000-0000-7000-8000-000000000001', 'bronze', 1, 'Has an owning team', 'catalog.team', 'is set', 'null', '{}',
    'Choose the team that answers for it: Change, then Owning team.'),
  ('01930000-0000-7000-8000-000000000002', 'bronze', 2, 'Has a lead', 'catalog.lead', 'is set', 'null', '{}',
    'Name the person who decides about it: Change, then Lead.'),
  ('01930000-0000-7000-8000-000000000003', 'bronze', 3, 'Says what it does', 'catalog.summary', 'is set', 'null', '{}',
    'Say in one sentence what people use it for: Change, then What it does.'),
  ('01930000-0000-7000-8000-000000000004', 'silver', 4, 'On-call covers it', 'oncall.policy', 'is set', 'null', '{1,2,3}',
    'Add it to the services that an escalation policy covers: On call, then Escalation policies.'),
  ('01930000-0000-7000-8000-000000000005', 'silver', 5, 'A check watches it', 'checks.count', 'at least', '1', '{}',
    'Make a check that does what its users do: Checks, then Make a check.'),
  ('01930000-0000-7000-8000-000000000006', 'silver', 6, 'Says what it depends on', 'catalog.providers', 'at least', '1', '{}',
    'Name what it cannot do without: Dependencies on its page, then Edit.'),
  ('01930000-0000-7000-8000-000000000007', 'silver', 7, 'Says how much may be lost', 'catalog.rpoMinutes', 'is set', 'null', '{1,2}',
    'Agree how many minutes of data may be lost (RPO) and write it down: Change, then Loses at most.'),
  ('01930000-0000-7000-8000-000000000008', 'silver', 8, 'Says how soon it must be back', 'catalog.rtoMinutes', 'is set', 'null', '{1,2}',
    'Agree within how many minutes it is restored (RTO) and write it down: Change, then Back within.'),
  ('01930000-0000-7000-8000-000000000009', 'silver', 9, 'Has a runbook', 'catalog.runbook', 'is', 'true', '{}',
    'Link what to do when it fails, with the word runbook in its label: Change, then Links.'),
  ('01930000-0000-7000-8000-00000000000a', 'gold', 10, 'No single point of failure above it', 'catalog.singlePoints', 'at most', '0', '{1,2}',
    'Give what it cannot lose a second one, put both in a group and say how many it needs: Dependencies on its page, then Edit.'),
  ('01930000-0000-7000-8000-00000000000b', 'gold', 11, 'Says when it is supported', 'catalog.supportHours', 'is set', 'null', '{}',
    'Write down the hours in which somebody answers: Change, then Support hours.'),
  ('01930000-0000-7000-8000-00000000000c', 'gold', 12, 'No source has lost it', 'catalog.stale', 'at most', '0', '{}',
    'Find out why a source no longer names it, or retire it: Imports, then the source.'),
  ('01930000-0000-7000-8000-00000000000d', 'gold', 13, 'Says how many it affects', 'catalog.users', 'is set', 'null', '{}',
    'Estimate how many people notice when it fails: Change, then Users affected.');

-- Of a rule, for one service, until the end of a day; an exemption that has passed is not ended, it no longer counts.
create table catalog_exemption (
  id uuid primary key,
  record_id uuid not null references record,
  rule_id uuid not null references catalog_rule,
  reason text not null,
  until date not null,
  actor_id uuid references record,
  at timestamptz not null,
  ended_at timestamptz
);
create index catalog_exemption_record on catalog_exemption (record_id) where ended_at is null;
