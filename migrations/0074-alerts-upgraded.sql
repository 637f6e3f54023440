-- Alerts from before there were groups: each is a group of its own, so that lists of groups have them too.
insert into alerts_group (id, key, first_id, title, service_id, opened_at, last_at, closed_at, alert_count, open_count, severity, firings, confirmed, lead_id, paged_severity, ticketed)
select a.id, 'upgraded ' || a.id, a.id, r.title, a.service_id, a.opened_at, a.last_signal_at, a.resolved_at, 1, case when a.state = 'resolved' then 0 else 1 end, a.severity, '[]', true,
  case when a.severity in ('critical', 'error') then a.id end, case when a.severity in ('critical', 'error') and a.state <> 'resolved' then a.severity end, false
from alerts_alert a join record r on r.id = a.id
where a.group_id is null;

update alerts_alert set group_id = id, outcome = case when severity in ('critical', 'error') then 'page' else 'log' end,
  extra = jsonb_build_object('severity', severity, 'alertname', coalesce(nullif(labels ->> 'alertname', ''), dedup_key))
where group_id is null;
