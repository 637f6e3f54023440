-- Contacts, personal rules, pages (the duty to reach a person) and notifications (one attempt on one channel).
create table notify_contact (
  id uuid primary key,
  person_id uuid not null references record,
  channel text not null,
  label text not null,
  address text not null,
  sealed boolean not null,
  verified_at timestamptz,
  created_at timestamptz not null,
  removed_at timestamptz
);
create index notify_contact_person on notify_contact (person_id) where removed_at is null;

create table notify_rule (
  person_id uuid not null references record,
  position integer not null,
  contact text not null,
  delay_minutes integer not null check (delay_minutes between 0 and 120),
  primary key (person_id, position)
);

create table notify_page (
  id uuid primary key,
  person_id uuid not null references record,
  about_id uuid not null references record,
  title text not null,
  text text not null,
  why text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  ended_why text
);
create index notify_page_about on notify_page (about_id, started_at);
create index notify_page_open on notify_page (person_id) where ended_at is null;

create table notify_notification (
  id uuid primary key,
  page_id uuid references notify_page,
  person_id uuid not null references record,
  about_id uuid references record,
  purpose text not null check (purpose in ('page', 'notice', 'test')),
  contact text not null,
  channel text not null,
  state text not null check (state in ('pending', 'sending', 'sent', 'failed', 'cancelled')),
  attempt integer not null,
  due_at timestamptz not null,
  claimed_until timestamptz,
  settled_at timestamptz,
  took_ms integer,
  result text not null default '',
  title text not null,
  text text not null,
  created_at timestamptz not null
);
create index notify_notification_page on notify_notification (page_id, due_at) where page_id is not null;
create index notify_notification_person on notify_notification (person_id, created_at desc);
create index notify_notification_about on notify_notification (about_id, due_at) where about_id is not null;
create index notify_notification_due on notify_notification (due_at) where state in ('pending', 'sending');
create index notify_notification_old on notify_notification (created_at);
