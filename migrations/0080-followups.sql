create sequence record_number_action;

-- `due_key` sorts actions without a day last, so that one index serves the list.
create table followups_action (
  id uuid primary key references record,
  detail text not null default '',
  about_id uuid references record,
  due_on date,
  due_key date generated always as (coalesce(due_on, date '9999-12-31')) stored,
  priority text not null check (priority in ('high', 'normal', 'low')),
  state text not null check (state in ('open', 'done', 'dropped')),
  reason text not null default '',
  closed_at timestamptz
);
create index followups_action_due on followups_action (state, due_key, id);
create index followups_action_about on followups_action (about_id) where about_id is not null;
