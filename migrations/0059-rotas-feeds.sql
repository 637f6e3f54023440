-- A calendar that a program of a person reads without signing in. Its secret is derived from the id, so it can be shown again; removed, it answers nobody.
create table rotas_feed (
  id uuid primary key,
  person_id uuid not null references record,
  -- Null: everything the person is on call for.
  rota_id uuid references rotas_rota,
  created_at timestamptz not null,
  read_at timestamptz,
  removed_at timestamptz
);
create index rotas_feed_person on rotas_feed (person_id) where removed_at is null;
