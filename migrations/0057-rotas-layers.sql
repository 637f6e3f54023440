-- Groups that are on call together, hours of the week, zones of their own, shadows, an own begin and end.
alter table rotas_layer rename column people to people_before;
alter table rotas_layer
  add column people jsonb,
  add column zone text,
  add column hours jsonb not null default '[]',
  add column turns text not null default 'kept' check (turns in ('kept', 'calendar')),
  add column shadow boolean not null default false,
  add column on_holidays text not null default 'as usual' check (on_holidays in ('as usual', 'off', 'only')),
  add column first_turn integer not null default 0,
  add column from_local text,
  add column until_local text;
update rotas_layer set people = (select coalesce(jsonb_agg(jsonb_build_array(one) order by place), '[]') from unnest(people_before) with ordinality as each (one, place));
alter table rotas_layer alter column people set not null, drop column people_before;
