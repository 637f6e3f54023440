-- How bodies of each kind become signals, how the source stands, and until when it is listened for.
alter table alerts_source
  add column mappings jsonb not null default '{}',
  add column standing text not null default 'unknown' check (standing in ('unknown', 'heard', 'silent', 'failing')),
  add column standing_since timestamptz,
  add column quiet_minutes integer,
  add column listens_at timestamptz,
  add column last_raw_id uuid,
  add column told_at timestamptz;

create index alerts_raw_failed on alerts_raw (source_id, id) where state = 'failed';

-- Counters by hour, so that the health of a source needs no look at its messages; `gaps` counts the pauses between messages by their length.
create table alerts_source_hour (
  source_id uuid not null references alerts_source,
  hour timestamptz not null,
  messages integer not null,
  signals integer not null,
  failed integer not null,
  gaps integer[] not null,
  primary key (source_id, hour)
);
create index alerts_source_hour_old on alerts_source_hour (hour);

-- What was changed, as deployment tools say it: shown beside alerts, never paged.
create table alerts_change (
  id uuid primary key,
  source_id uuid not null references alerts_source,
  service_id uuid references record,
  at timestamptz not null,
  received_at timestamptz not null,
  summary text not null,
  origin text not null,
  details jsonb not null,
  links jsonb not null
);
create index alerts_change_service on alerts_change (service_id, at desc) where service_id is not null;
create index alerts_change_source on alerts_change (source_id, at desc);
create index alerts_change_at on alerts_change (at desc, id desc);

-- Which conversation a mail belongs to, so that an answer resolves what its beginning opened.
create table alerts_mail (
  source_id uuid not null references alerts_source,
  message_id text not null,
  thread text not null,
  at timestamptz not null,
  primary key (source_id, message_id)
);
create index alerts_mail_old on alerts_mail (at);
