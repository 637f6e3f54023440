-- The kernel: records, links, comments, attachments, activity, seals, cursors. Times always come from the application.
create extension if not exists pg_trgm;

create table record (
  id uuid primary key,
  kind text not null,
  number text not null unique,
  title text not null,
  words text not null default '',
  owner_id uuid references record,
  team_id uuid references record,
  version integer not null default 1,
  visibility text not null default 'everyone' check (visibility in ('everyone', 'restricted')),
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  archived_at timestamptz,
  search tsvector generated always as (
    setweight(to_tsvector('simple', number), 'A') || setweight(to_tsvector('simple', title), 'B') || to_tsvector('simple', words)
  ) stored
);
create index record_search on record using gin (search);
create index record_kind on record (kind, opened_at desc, id desc);
create index record_owner on record (owner_id) where owner_id is not null;
create index record_team on record (team_id) where team_id is not null;

create table record_reader (
  record_id uuid not null references record,
  reader_id uuid not null references record,
  primary key (record_id, reader_id)
);
create index record_reader_reader on record_reader (reader_id);

create table link (
  id uuid primary key,
  from_id uuid not null references record,
  to_id uuid not null references record,
  relation text not null,
  actor_id uuid references record,
  at timestamptz not null,
  unique (from_id, to_id, relation)
);
create index link_to on link (to_id);

create table comment (
  id uuid primary key,
  record_id uuid not null references record,
  author_id uuid references record,
  body text not null,
  at timestamptz not null,
  edited_at timestamptz
);
create index comment_record on comment (record_id, at);

create table comment_revision (
  comment_id uuid not null references comment,
  revision integer not null,
  body text not null,
  at timestamptz not null,
  primary key (comment_id, revision)
);

create table attachment (
  id uuid primary key,
  record_id uuid not null references record,
  name text not null,
  media_type text not null,
  size integer not null,
  sha256 bytea not null,
  body bytea not null,
  actor_id uuid references record,
  at timestamptz not null
);
create index attachment_record on attachment (record_id);

-- xid is kept as bigint so that a restored log can be moved below the transactions of a new cluster.
create table activity (
  id uuid not null,
  seq bigint generated always as identity,
  xid bigint not null default (pg_current_xact_id()::text::bigint),
  record_id uuid references record,
  did text not null,
  actor_id uuid references record,
  via text not null,
  at timestamptz not null,
  caused_by uuid,
  data jsonb not null,
  data_hash bytea not null,
  primary key (at, id)
) partition by range (at);
create table activity_default partition of activity default;
create index activity_position on activity (xid, seq);
create index activity_record on activity (record_id, at desc);
create index activity_did on activity (did, at desc);
create index activity_actor on activity (actor_id, at desc) where actor_id is not null;

create table activity_seal (
  number bigint primary key,
  first_id uuid not null,
  last_id uuid not null,
  last_xid bigint not null,
  last_seq bigint not null,
  rows integer not null,
  rows_hash bytea not null,
  previous bytea not null,
  signature bytea not null,
  sealed_at timestamptz not null
);

create table log_cursor (
  name text primary key,
  xid bigint not null,
  seq bigint not null
);

create table log_stuck (
  activity_id uuid not null,
  subscriber text not null,
  error text not null,
  attempts integer not null,
  at timestamptz not null,
  primary key (activity_id, subscriber)
);

create table idempotency (
  actor text not null,
  verb text not null,
  key text not null,
  body_hash bytea not null,
  status integer not null,
  answer jsonb,
  at timestamptz not null,
  primary key (actor, verb, key)
);
create index idempotency_at on idempotency (at);

create table setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null
);

create table worker_pool (
  pool_id text primary key,
  backend integer not null,
  started_at timestamptz not null
);
