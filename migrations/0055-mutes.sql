create sequence record_number_mute;

-- The title of the record is the reason, its owner who made it. What comes again stands in `pattern`, null for one window.
create table mutes_mute (
  id uuid primary key references record,
  kind text not null check (kind in ('maintenance', 'mute')),
  sets jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  pattern jsonb,
  remind_minutes integer,
  reminded boolean not null,
  active boolean not null,
  over boolean not null,
  ended_by_hand boolean not null,
  continues_id uuid references mutes_mute
);
create index mutes_mute_in_force on mutes_mute (id) where not over;
create index mutes_mute_over on mutes_mute (id) where over;
create index mutes_mute_ends on mutes_mute (ends_at, starts_at);
create index mutes_mute_continues on mutes_mute (continues_id) where continues_id is not null;
