-- Whether the log has said that it is down, and not yet that it is up again.
alter table checks_check add column told boolean not null default false;
update checks_check set told = stored = 'down';
-- Checks it depends on, and the one that explains why it fails now.
alter table checks_check add column parent_ids uuid[] not null default '{}';
alter table checks_check add column behind uuid references record;
create index checks_check_parents on checks_check using gin (parent_ids);
create index checks_check_held on checks_check (id) where stored = 'down' and not told;
-- The certificate that was shown last, with its chain.
alter table checks_check add column certificate jsonb;

-- How often each range of response times was met, for percentiles over any window.
alter table checks_hour add column buckets integer[] not null default '{}';

-- Places that are asked before a failure is believed; one row, or none while that is off.
create table checks_guard (
  one boolean primary key check (one),
  targets jsonb not null,
  changed_at timestamptz not null
);

-- When none of them answered: what failed then says nothing.
create table checks_blind (
  since timestamptz primary key,
  until timestamptz
);
create unique index checks_blind_now on checks_blind ((until is null)) where until is null;

-- Checks whose state may be shown on other sites, each by its own address.
create table checks_public (
  check_id uuid primary key references checks_check,
  token text not null unique,
  name text not null,
  shows_reason boolean not null,
  made_at timestamptz not null
);
