-- A review is read before it is closed.
alter table incidents_review drop constraint incidents_review_state_check;
update incidents_review set state = 'closed' where state = 'done';
alter table incidents_review
  add constraint incidents_review_state_check check (state in ('draft', 'in review', 'reviewed', 'closed')),
  add column reviewed_at timestamptz;

-- The taxonomy of contributing factors. A name stays as it is, because actions and the log carry it; what is no longer wanted is retired.
create table incidents_factor (
  name text primary key,
  category text not null,
  about text not null default '',
  retired boolean not null default false
);
insert into incidents_factor (name, category, about) values
  ('Code change', 'change', 'New or changed code behaved differently in production.'),
  ('Configuration change', 'change', 'A setting, rule or flag was changed.'),
  ('Infrastructure change', 'change', 'Machines, networks or platforms were changed or moved.'),
  ('Unlimited roll-out', 'change', 'It reached everything at once; nothing stopped it half way.'),
  ('Capacity limit', 'load', 'Something was full: connections, memory, disk, quota.'),
  ('Unexpected load', 'load', 'More, or other, requests than anybody had planned for.'),
  ('Retry storm', 'load', 'Those who waited asked again and made it worse.'),
  ('Failed dependency', 'dependency', 'Something that it needs failed.'),
  ('Hidden dependency', 'dependency', 'Nobody knew, or had written down, that it needs this.'),
  ('Hardware failure', 'hardware', 'A part, a machine or a room failed.'),
  ('Network or DNS', 'hardware', 'Packets or names did not arrive.'),
  ('Expired certificate', 'hardware', 'A certificate, key or contract ran out.'),
  ('Latent defect', 'software', 'A fault that had been there for long was woken.'),
  ('Missing safeguard', 'software', 'Nothing checked, limited or asked before harm was done.'),
  ('Untested path', 'software', 'What was needed had never been tried as it was needed.'),
  ('Data damage', 'software', 'Data was lost, wrong or not consistent.'),
  ('Missing alert', 'detection', 'Nothing noticed, or people noticed first.'),
  ('Too many alerts', 'detection', 'What mattered was lost among what did not.'),
  ('Slow recovery', 'recovery', 'The way back was long or had to be found first.'),
  ('Failed safety net', 'recovery', 'A backup, replica or switch-over did not work when needed.'),
  ('Missing access', 'recovery', 'Those who could help could not get in.'),
  ('Unclear ownership', 'communication', 'It was not clear whose it was or who decides.'),
  ('Late communication', 'communication', 'Those concerned learned of it late or not at all.'),
  ('Security weakness', 'security', 'Somebody could do what they should not.');

-- What contributed, in a review. Each leads to an action, or says why not.
create table incidents_finding (
  id uuid primary key,
  review_id uuid not null references incidents_review,
  factor text not null references incidents_factor,
  text text not null,
  no_action_reason text not null default '',
  author_id uuid references record,
  at timestamptz not null
);
create index incidents_finding_review on incidents_finding (review_id, at);
create table incidents_finding_action (
  finding_id uuid not null references incidents_finding on delete cascade,
  action_id uuid not null references record,
  primary key (finding_id, action_id)
);
