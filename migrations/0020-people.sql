create sequence record_number_person;
create sequence record_number_team;

create table people_person (
  id uuid primary key references record,
  email text not null,
  role text not null check (role in ('viewer', 'responder', 'lead', 'admin')),
  state text not null check (state in ('invited', 'active', 'left')),
  zone text not null default 'UTC',
  job_title text not null default '',
  phone text not null default '',
  password text,
  totp_secret text,
  totp_pending text,
  totp_last_step bigint,
  created_at timestamptz not null
);
create unique index people_person_email on people_person (lower(email));
create index people_person_state on people_person (state);

create table people_recovery_code (
  person_id uuid not null references people_person,
  hash bytea not null,
  used_at timestamptz,
  primary key (person_id, hash)
);

create table people_session (
  id uuid primary key,
  person_id uuid not null references people_person,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  address text not null,
  agent text not null
);
create index people_session_person on people_session (person_id, created_at desc);

create table people_token (
  id uuid primary key,
  person_id uuid not null references people_person,
  name text not null,
  prefix text not null,
  token_hash bytea not null unique,
  scopes text[],
  created_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz
);
create index people_token_person on people_token (person_id, created_at desc);

-- Links that let somebody in once: setup, invitation, reset of a password. Only the hash is kept.
create table people_ticket (
  id uuid primary key,
  purpose text not null check (purpose in ('setup', 'invitation', 'reset', 'demo')),
  person_id uuid references people_person,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table people_team (
  id uuid primary key references record,
  about text not null default ''
);

create table people_member (
  team_id uuid not null references people_team,
  person_id uuid not null references people_person,
  leads boolean not null,
  primary key (team_id, person_id)
);
create index people_member_person on people_member (person_id);
