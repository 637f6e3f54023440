-- Urgency, shared channels, allowed and quiet hours, receipts of providers, bundles and short codes.
alter table notify_page
  add urgency text not null default 'high' check (urgency in ('high', 'low')),
  add shadow boolean not null default false,
  add service_id uuid references record;

alter table notify_rule drop constraint notify_rule_pkey;
alter table notify_rule add urgency text not null default 'high' check (urgency in ('high', 'low'));
insert into notify_rule (person_id, urgency, position, contact, delay_minutes) select person_id, 'low', position, contact, delay_minutes from notify_rule;
alter table notify_rule add primary key (person_id, urgency, position);

alter table notify_contact
  add address_key text,
  add disabled_at timestamptz,
  add code_hash text,
  add code_until timestamptz,
  add code_tries integer not null default 0;
create index notify_contact_address on notify_contact (address_key) where removed_at is null and address_key is not null;

-- What is known of one contact of a person, the built-in ones too. The contact '' is the person: their quiet hours.
create table notify_way (
  person_id uuid not null references record,
  contact text not null,
  hours jsonb not null default '[]',
  failed_at timestamptz,
  failed_why text,
  primary key (person_id, contact)
);

-- Channels that several people read: the desk posts to them, nobody is paged by them alone.
create sequence record_number_channel;
create table notify_channel (
  id uuid primary key references record,
  channel text not null,
  address text not null,
  verified_at timestamptz
);

alter table notify_notification alter person_id drop not null;
alter table notify_notification drop constraint notify_notification_purpose_check;
alter table notify_notification drop constraint notify_notification_state_check;
alter table notify_notification
  add constraint notify_notification_purpose_check check (purpose in ('page', 'notice', 'test', 'post')),
  add constraint notify_notification_state_check check (state in ('pending', 'sending', 'sent', 'failed', 'cancelled', 'bundled')),
  add lane text not null default '',
  add priority integer not null default 2,
  add not_before timestamptz,
  add bundle_id uuid references notify_notification,
  add tried_at timestamptz,
  add broken_off integer not null default 0,
  add provider_ref text,
  add receipt text,
  add receipt_order integer not null default 0,
  add topic text;
update notify_notification set lane = channel where state in ('pending', 'sending');
update notify_notification set tried_at = settled_at where state = 'sent';
create index notify_notification_bundle on notify_notification (bundle_id) where bundle_id is not null;
create index notify_notification_tried on notify_notification (contact, tried_at) where tried_at is not null;

-- Short codes by which a page is answered from a phone: lowest free per number, free again when the page ends.
create table notify_code (
  address_key text not null,
  code integer not null,
  page_id uuid not null references notify_page,
  primary key (address_key, code)
);
create unique index notify_code_page on notify_code (page_id, address_key);

-- What came back from a number, so that a machine that answers a machine is not answered for ever.
create table notify_replier (
  address_key text primary key,
  wrong integer not null
);
create index notify_notification_ref on notify_notification (provider_ref) where provider_ref is not null;
