-- Where actions may be handed to: issue trackers with a token, encrypted. What is removed keeps its row, because issues name it.
create table followups_tracker (
  id uuid primary key,
  name text not null,
  kind text not null,
  address text not null,
  project text not null,
  account text not null default '',
  token text not null,
  removed boolean not null default false
);

-- The issue of an action. `asked_at` without key or trouble: it is on its way, or nobody knows whether it arrived.
create table followups_issue (
  action_id uuid primary key references followups_action,
  tracker_id uuid not null references followups_tracker,
  key text not null default '',
  url text not null default '',
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  trouble text not null default '',
  asked_at timestamptz not null,
  tried boolean not null default false,
  looked_at timestamptz not null
);
create index followups_issue_looked on followups_issue (looked_at) where state = 'open' and key <> '';
