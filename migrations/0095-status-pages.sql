create sequence record_number_statuspage;
create sequence record_number_statuspost;

-- Title, version and search of a page are its record's. `stamp` rises with each change that outsiders can see.
create table status_page (
  id uuid primary key references record,
  slug text not null unique,
  about text not null default '',
  access text not null check (access in ('public', 'link', 'signed-in')),
  link_secret text not null,
  published boolean not null,
  colour text not null,
  logo bytea,
  logo_type text,
  push text,
  pushed_at timestamptz,
  push_result text not null default '',
  stamp bigint not null default 1
);

-- `by_hand` is what somebody set; `shown` is what outsiders see, settled from all that counts.
create table status_component (
  id uuid primary key,
  page_id uuid not null references status_page,
  source_id uuid references record,
  name text not null,
  about text not null default '',
  group_name text not null default '',
  position integer not null,
  published boolean not null,
  follows_checks boolean not null,
  by_hand text not null,
  shown text not null,
  since timestamptz not null,
  made_at timestamptz not null,
  removed_at timestamptz
);
create index status_component_page on status_component (page_id, position) where removed_at is null;
create index status_component_source on status_component (source_id) where removed_at is null;

create table status_turn (
  component_id uuid not null references status_component,
  at timestamptz not null,
  state text not null,
  primary key (component_id, at)
);

-- What outsiders are told about: an incident or planned work. Its record is the desk's view of it.
create table status_post (
  id uuid primary key references record,
  page_id uuid not null references status_page,
  kind text not null check (kind in ('incident', 'maintenance')),
  about_id uuid references record,
  mute_id uuid references record,
  phase text,
  starts_at timestamptz,
  ends_at timestamptz,
  closes_itself boolean not null default true,
  published_at timestamptz,
  closed_at timestamptz
);
create index status_post_page on status_post (page_id, published_at desc);
create index status_post_about on status_post (about_id) where about_id is not null;
create index status_post_live on status_post (page_id) where published_at is not null and closed_at is null;

-- `states` is component → state as of this update. At most one draft for each post.
create table status_update (
  id uuid primary key,
  post_id uuid not null references status_post,
  phase text not null,
  text text not null,
  states jsonb not null,
  author_id uuid references record,
  made_at timestamptz not null,
  sent_at timestamptz,
  tells boolean not null default true,
  told integer not null default 0
);
create unique index status_update_draft on status_update (post_id) where sent_at is null;
create index status_update_post on status_update (post_id, sent_at desc);

-- Addresses are sealed; `address_key` finds one again without telling it. Nothing of it is ever answered.
create table status_subscriber (
  id uuid primary key,
  page_id uuid not null references status_page,
  channel text not null check (channel in ('email', 'webhook', 'slack')),
  address text not null,
  address_key text not null,
  components uuid[],
  wanted uuid[],
  asked_at timestamptz not null,
  asked integer not null default 1,
  confirmed_at timestamptz
);
create unique index status_subscriber_address on status_subscriber (page_id, address_key);

-- Edited message templates and who is told, by audience; what is not here is as it was shipped.
create table status_template (
  audience text not null,
  occasion text not null,
  title text not null,
  text text not null,
  changed_at timestamptz not null,
  changed_by uuid references record,
  primary key (audience, occasion)
);
create table status_audience (
  audience text primary key,
  people uuid[] not null,
  teams uuid[] not null,
  channels uuid[] not null
);
-- What is said to people of the house about a record; outsiders are told by posts only.
create table status_message (
  id uuid primary key,
  about_id uuid not null references record,
  audience text not null check (audience in ('technical', 'business', 'executives')),
  title text not null,
  text text not null,
  author_id uuid references record,
  made_at timestamptz not null,
  sent_at timestamptz,
  people integer not null default 0,
  channels integer not null default 0
);
create index status_message_about on status_message (about_id, made_at desc);
