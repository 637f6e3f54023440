create sequence record_number_service;
create sequence record_number_component;

create table catalog_service (
  id uuid primary key references record,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  summary text not null default '',
  tier smallint not null check (tier between 1 and 4),
  lifecycle text not null check (lifecycle in ('planned', 'live', 'retiring', 'retired')),
  users_affected integer check (users_affected >= 0),
  links jsonb not null
);
create index catalog_service_tier on catalog_service (tier, id);
create index catalog_service_name on record (title, id) where kind = 'service';
create index catalog_service_name_part on record using gin (title gin_trgm_ops) where kind in ('service', 'component');

create table catalog_component (
  id uuid primary key references record,
  type text not null check (type in ('host', 'vm', 'container', 'database', 'network', 'storage', 'cluster', 'certificate', 'domain', 'saas', 'directory', 'queue', 'cloud', 'site')),
  summary text not null default '',
  address text not null default '',
  lifecycle text not null check (lifecycle in ('planned', 'live', 'retiring', 'retired')),
  links jsonb not null
);
create index catalog_component_type on catalog_component (type, id);
create index catalog_component_address on catalog_component (lower(address)) where address <> '';
create index catalog_component_name on record (title, id) where kind = 'component';

-- Provider → consumer. A changed or ended edge keeps its row: [begun_at, ended_at) is when it held, so that the graph of any instant can be asked for.
create table catalog_edge (
  id uuid primary key,
  provider_id uuid not null references record,
  consumer_id uuid not null references record,
  impact text not null check (impact in ('hard', 'soft', 'none')),
  note text not null default '',
  source text not null check (source in ('declared', 'imported', 'inferred')),
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  check (provider_id <> consumer_id)
);
create unique index catalog_edge_open on catalog_edge (provider_id, consumer_id) where ended_at is null;
create index catalog_edge_consumer on catalog_edge (consumer_id) where ended_at is null;
create index catalog_edge_history_provider on catalog_edge (provider_id, begun_at);
create index catalog_edge_history_consumer on catalog_edge (consumer_id, begun_at);
