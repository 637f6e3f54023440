create sequence record_number_slo;

create table slos_slo (
  id uuid primary key references record,
  service_id uuid not null references record,
  summary text not null,
  objective double precision not null check (objective > 0 and objective < 1),
  window_days integer not null check (window_days in (7, 28, 30, 90)),
  source text not null check (source in ('time', 'results', 'prometheus')),
  check_ids uuid[] not null,
  -- Address and queries of Prometheus, null for checks; who set it decides whether private addresses may be called.
  config jsonb,
  origin text not null check (origin in ('typed', 'trusted')),
  -- Everything before it has been counted; null until the first count.
  counted_until timestamptz,
  state text not null check (state in ('good', 'warning', 'critical', 'unknown')),
  sentence text not null,
  trouble text,
  retired_at timestamptz
);
create index slos_slo_service on slos_slo (service_id);
create index slos_slo_running on slos_slo (id) where retired_at is null;

-- The last two days by the minute, for the short windows of burn alerts.
create table slos_minute (
  slo_id uuid not null references slos_slo,
  at timestamptz not null,
  good double precision not null,
  bad double precision not null,
  primary key (slo_id, at)
);
create index slos_minute_at on slos_minute using brin (at);

create table slos_hour (
  slo_id uuid not null references slos_slo,
  at timestamptz not null,
  good double precision not null,
  bad double precision not null,
  primary key (slo_id, at)
);
create index slos_hour_at on slos_hour using brin (at);

-- Rules that fire, and those that did.
create table slos_burn (
  slo_id uuid not null references slos_slo,
  rule text not null,
  severity text not null check (severity in ('critical', 'warning')),
  since timestamptz not null,
  until timestamptz,
  primary key (slo_id, rule, since)
);
