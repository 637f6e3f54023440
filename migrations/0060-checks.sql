create sequence record_number_check;

create table checks_check (
  id uuid primary key references record,
  probe text not null check (probe in ('http', 'heartbeat')),
  service_id uuid references record,
  config jsonb not null,
  origin text not null check (origin in ('typed', 'trusted')),
  stored text not null check (stored in ('new', 'up', 'pending', 'down', 'paused')),
  failures integer not null,
  successes integer not null,
  -- What counts for uptime since `since`: up, down, or neither.
  counts_as text not null check (counts_as in ('up', 'down', 'none')),
  since timestamptz not null,
  reason text not null default '',
  last_at timestamptz,
  last_ok boolean,
  took_ms bigint,
  certificate_ends_at timestamptz,
  certificate_told boolean not null,
  -- Probes only: seconds between runs, and which lease they belong to.
  interval_seconds integer,
  shard smallint not null,
  changed_at timestamptz not null,
  retired_at timestamptz,
  -- Heartbeats only.
  ping_key uuid unique,
  last_ping timestamptz,
  last_start timestamptz,
  last_run_id uuid,
  last_duration_ms bigint,
  expected_at timestamptz,
  alert_after timestamptz
);
create index checks_check_alert_after on checks_check (alert_after) where alert_after is not null;
create index checks_check_shard on checks_check (shard, changed_at) where interval_seconds is not null;
create index checks_check_service on checks_check (service_id) where service_id is not null;
create index checks_check_name on record (title, id) where kind = 'check';

create table checks_result (
  check_id uuid not null references checks_check,
  at timestamptz not null,
  ok boolean not null,
  took_ms integer,
  status smallint,
  words text not null
);
create index checks_result_check on checks_result (check_id, at desc);
create index checks_result_at on checks_result using brin (at);

create table checks_hour (
  check_id uuid not null references checks_check,
  hour timestamptz not null,
  good integer not null,
  bad integer not null,
  took_ms bigint not null,
  took_most_ms integer not null,
  primary key (check_id, hour)
);
create index checks_hour_hour on checks_hour using brin (hour);

-- Each change of what counts for uptime; never swept, so that outages can be told for as long as the check exists.
create table checks_turn (
  check_id uuid not null references checks_check,
  at timestamptz not null,
  counts_as text not null check (counts_as in ('up', 'down', 'none')),
  reason text not null
);
create index checks_turn_check on checks_turn (check_id, at desc);

create table checks_ping (
  id uuid primary key,
  check_id uuid not null references checks_check,
  at timestamptz not null,
  kind text not null check (kind in ('success', 'start', 'fail', 'log', 'ignored')),
  exit_status smallint,
  run_id uuid,
  took_ms bigint,
  method text not null,
  address text not null,
  body text not null
);
create index checks_ping_check on checks_ping (check_id, at desc);
create index checks_ping_at on checks_ping using brin (at);

create table checks_node (
  node uuid primary key,
  until timestamptz not null
);

create table checks_shard (
  shard smallint primary key,
  node uuid,
  until timestamptz
);
insert into checks_shard (shard) select generate_series(0, 15);
