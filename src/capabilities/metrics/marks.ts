import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Measure } from './contract.ts';

/** Where a length begins and ends, by the names of the marks below; `rules/durations.ts` of incidents says the same of one incident. */
const STRETCH: Partial<Readonly<Record<Measure, readonly ['began' | 'detected', 'detected' | 'acknowledged' | 'contained' | 'resolved']>>> = {
  timeToDetect: ['began', 'detected'],
  timeToAcknowledgeIncident: ['detected', 'acknowledged'],
  timeToContain: ['began', 'contained'],
  timeToResolveIncident: ['began', 'resolved'],
};

export const isOfIncident = (measure: Measure): boolean => measure in STRETCH;

/** Alerts that belong to the incident, by the log: joined, and not taken out since. */
const ALERTS = sql`(select (k.data->>'alert')::uuid from activity k where k.record_id = a.record_id and k.did in ('incident.declared', 'incident.alertJoined')
  and k.data->>'alert' is not null and not exists (select 1 from activity g where g.record_id = a.record_id and g.did = 'incident.alertLeft'
    and g.data->>'alert' = k.data->>'alert' and (g.at, g.seq) > (k.at, k.seq)))`;

/** When a sender says it began, unless its clock must be wrong. */
const BEGAN = sql`case when (o.data->>'began')::timestamptz between o.at - interval '7 days' and o.at then (o.data->>'began')::timestamptz else o.at end`;

/** Five instants of the incident whose declaration is `a`, as columns of a lateral `m`. */
export const MARKS: RawBuilder<unknown> = sql`lateral (select min(o.at) as opened, min(${BEGAN}) as sign from activity o where o.did = 'alert.opened' and o.record_id in ${ALERTS}) s
  cross join lateral (select least(s.sign, a.at) as began, least(s.opened, a.at) as detected,
    (select min(k.at) from activity k where k.at >= least(s.opened, a.at) and (
      (k.did = 'alert.acknowledged' and k.record_id in ${ALERTS}) or (k.record_id = a.record_id and k.via <> 'system' and k.did in ('incident.declared', 'incident.roleAssigned')))) as acknowledged,
    (select min(k.at) from activity k where k.record_id = a.record_id and k.did = 'incident.advanced' and k.at >= a.at
      and k.data->>'to' in ('mitigating', 'contained', 'monitoring', 'fixed')) as contained,
    (select case when k.did = 'incident.resolved' then k.at end from activity k
      where k.record_id = a.record_id and k.did in ('incident.resolved', 'incident.reopened') and k.at >= a.at order by k.at desc, k.seq desc limit 1) as resolved) m`;

/** How long the stretch of a measure was, in seconds; null while its end is not known. */
export function stretchOf(measure: Measure): RawBuilder<unknown> {
  const [from, to] = STRETCH[measure] ?? ['began', 'resolved'];
  const length = sql`extract(epoch from ${sql.ref(`m.${to}`)} - ${sql.ref(`m.${from}`)})`;
  return sql`case when ${length} < 0 then 0 else ${length} end`;
}

/** A finding as it stands in the log now: not changed or taken out since. `f` is the entry. */
const STANDS = sql`f.did in ('review.findingAdded', 'review.findingChanged') and not exists (select 1 from activity g
  where g.record_id = f.record_id and g.did in ('review.findingChanged', 'review.findingRemoved') and g.data->>'finding' = f.data->>'finding' and (g.at, g.seq) > (f.at, f.seq))`;

/** Every standing finding of incidents, of reviews that the viewer may see: the incident, its factor and category. */
export function findingsFor(actor: Actor): RawBuilder<unknown> {
  return sql`select (f.data->>'incident')::uuid as incident, f.data->>'factor' as factor, f.data->>'category' as category
    from activity f join record on record.id = f.record_id where ${STANDS} and ${visible(actor)}`;
}

/** Whether the incident `a` has a finding for which something holds. */
export function named(actor: Actor, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select 1 from activity f join record on record.id = f.record_id where f.data->>'incident' = a.record_id::text and ${STANDS} and ${which} and ${visible(actor)})`;
}

/** An earlier incident that the viewer may see, declared in the half year before, had one of its factors. */
export function repeatedFor(actor: Actor): RawBuilder<unknown> {
  return sql`exists (select 1 from (${findingsFor(actor)}) own join (${findingsFor(actor)}) other on other.factor = own.factor and other.incident <> own.incident
    join activity b on b.record_id = other.incident and b.did = 'incident.declared' and b.at < a.at and b.at >= a.at - interval '180 days' and coalesce(b.data->>'practice', 'false') <> 'true'
    where own.incident = a.record_id)`;
}
