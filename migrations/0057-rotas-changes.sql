-- What is changed for a time over the layers: overrides of three kinds, requests to take a shift, temporary shifts, absences, holidays.
alter table rotas_override
  add column kind text not null default 'replace' check (kind in ('replace', 'add', 'remove')),
  add column instead_id uuid references record;

create table rotas_swap (
  id uuid primary key,
  rota_id uuid not null references rotas_rota,
  by_id uuid not null references record,
  to_id uuid references record,
  from_local text not null,
  until_local text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  return_from_local text,
  return_until_local text,
  return_from_at timestamptz,
  return_until_at timestamptz,
  note text not null default '',
  created_at timestamptz not null,
  taken_by uuid references record,
  taken_at timestamptz,
  withdrawn_at timestamptz
);
create index rotas_swap_rota on rotas_swap (rota_id, until_at) where withdrawn_at is null;
create index rotas_swap_open on rotas_swap (from_at, id) where withdrawn_at is null and taken_by is null;

create table rotas_temporary (
  id uuid primary key,
  rota_id uuid not null references rotas_rota,
  from_at timestamptz not null,
  until_at timestamptz not null,
  shifts jsonb not null,
  note text not null default '',
  created_at timestamptz not null,
  created_by uuid references record,
  removed_at timestamptz
);
create index rotas_temporary_rota on rotas_temporary (rota_id, until_at) where removed_at is null;

create table rotas_absence (
  id uuid primary key,
  person_id uuid not null references record,
  kind text not null check (kind in ('leave', 'sick', 'training', 'other')),
  zone text not null,
  from_local text not null,
  until_local text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  note text not null default '',
  created_at timestamptz not null,
  created_by uuid references record,
  removed_at timestamptz
);
create index rotas_absence_until on rotas_absence (until_at, id) where removed_at is null;
create index rotas_absence_person on rotas_absence (person_id, until_at) where removed_at is null;

create table rotas_calendar (
  id uuid primary key,
  name text not null,
  url text,
  read_at timestamptz,
  trouble text,
  created_at timestamptz not null,
  removed_at timestamptz
);
create table rotas_holiday (
  calendar_id uuid not null references rotas_calendar,
  day text not null,
  name text not null,
  primary key (calendar_id, day)
);
alter table rotas_rota add column calendar_id uuid references rotas_calendar;

-- What the look-ahead found and told; over when it is no longer so.
create table rotas_finding (
  id uuid primary key,
  rota_id uuid not null references rotas_rota,
  kind text not null check (kind in ('gap', 'absent', 'left', 'unreachable')),
  person_id uuid references record,
  from_at timestamptz not null,
  until_at timestamptz not null,
  hours double precision not null,
  found_at timestamptz not null,
  over_at timestamptz
);
create index rotas_finding_open on rotas_finding (from_at, id) where over_at is null;

-- Who came on call read the note and said so.
create table rotas_handover (
  rota_id uuid not null references rotas_rota,
  at timestamptz not null,
  person_id uuid not null references record,
  confirmed_at timestamptz not null,
  note text not null default '',
  primary key (rota_id, at, person_id)
);
