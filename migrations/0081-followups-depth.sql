-- What an action is for, what shows that it is done, and whether it helped.
alter table followups_action
  add column kind text not null default 'prevent' check (kind in ('prevent', 'detect', 'mitigate', 'document')),
  add column evidence text not null default '',
  add column factor text not null default '',
  add column helped text not null default 'open' check (helped in ('yes', 'no', 'open'));
create index followups_action_factor on followups_action (factor) where factor <> '';
