import { sql, type RawBuilder } from 'kysely';
import { peopleByIds } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Measure } from './contract.ts';
import { dueIn, type Promised } from './due.ts';
import { findingsFor, isOfIncident, MARKS, named, repeatedFor, stretchOf } from './marks.ts';

export interface Asked {
  readonly from: number;
  readonly until: number;
  readonly serviceId: string | null;
  readonly teamId: string | null;
  readonly severities: readonly string[] | null;
  readonly factor: string | null;
  readonly category: string | null;
  /** Only alerts of this title. */
  readonly title: string | null;
  /** Practice incidents are counted apart. */
  readonly practice: boolean;
}

export interface Narrowed extends Asked {
  readonly outcome: 'all' | 'answered' | 'unanswered';
  readonly atLeastMs: number | null;
  readonly belowMs: number | null;
  readonly limit: number;
  readonly before: { readonly at: string; readonly id: string } | undefined;
}

/** One counted thing: the entry of the log that began it, its record, and how long it took (null while unanswered). */
export interface Case {
  readonly entry: string;
  readonly record: string;
  readonly at: string;
  readonly service: string | null;
  readonly severity: string | null;
  readonly tookMs: number | null;
}

const PROMISED: Partial<Readonly<Record<Measure, { readonly what: Promised; readonly lateOnly: boolean }>>> = {
  reviewsDue: { what: 'reviews', lateOnly: false },
  reviewsLate: { what: 'reviews', lateOnly: true },
  actionsDue: { what: 'actions', lateOnly: false },
  actionsLate: { what: 'actions', lateOnly: true },
};

const NONE = sql`null::timestamptz`;
const BEGINS: Readonly<Record<Exclude<Measure, 'overdueActions' | `${Promised}Due` | `${Promised}Late`>, string>> = {
  timeToDetect: 'incident.declared',
  timeToAcknowledgeIncident: 'incident.declared',
  timeToContain: 'incident.declared',
  lateUpdates: 'incident.declared',
  namedIncidents: 'incident.declared',
  repeatedIncidents: 'incident.declared',
  timeToAcknowledge: 'alert.opened',
  timeToResolveAlert: 'alert.opened',
  timeToResolveIncident: 'incident.declared',
  alerts: 'alert.opened',
  incidents: 'incident.declared',
  pages: 'page.started',
  pagesOutOfHours: 'page.started',
};

/** The answer that ends the case of an alert. */
function endOf(measure: Measure): RawBuilder<unknown> {
  const first = (did: string) => sql`(select min(k.at) from activity k where k.record_id = a.record_id and k.did = ${did} and k.at >= a.at)`;
  if (measure === 'timeToAcknowledge') return first('alert.acknowledged');
  return measure === 'timeToResolveAlert' ? first('alert.resolved') : NONE;
}

/** What narrows a measure beyond its first entry. */
function onlyOf(measure: Measure, actor: Actor): RawBuilder<unknown> {
  if (measure === 'lateUpdates') return sql`exists (select 1 from activity k where k.record_id = a.record_id and k.did = 'incident.updateOverdue')`;
  if (measure === 'namedIncidents') return named(actor, sql`true`);
  return measure === 'repeatedIncidents' ? repeatedFor(actor) : sql`true`;
}

/** Pages say their service through the alert they are about. */
function serviceOf(measure: Measure): RawBuilder<unknown> {
  if (measure !== 'pages' && measure !== 'pagesOutOfHours') return sql`a.data`;
  return sql`coalesce((select o.data from activity o where o.record_id = a.record_id and o.did in ('alert.opened', 'incident.declared') order by o.at limit 1), '{}'::jsonb)`;
}

/** Between 22:00 and 07:00 on the clock of whoever was paged; who that was goes no further than this query. */
async function outOfHours(db: Db, asked: Asked): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<{ person: string }>`select distinct a.data->>'person' as person from activity a join record on record.id = a.record_id
    where a.did = 'page.started' and a.at >= ${iso(asked.from)} and a.at < ${iso(asked.until)} and ${visible(SYSTEM)}`.execute(db);
  const people = [
    ...(
      await peopleByIds(
        db,
        rows.map((row) => row.person),
      )
    ).values(),
  ];
  return sql`exists (select 1 from unnest(${people.map((p) => p.id)}::text[], ${people.map((p) => p.zone)}::text[]) z (person, zone)
    where z.person = a.data->>'person' and (extract(hour from a.at at time zone z.zone) >= 22 or extract(hour from a.at at time zone z.zone) < 7))`;
}

/** The cases of a measure in a window, the latest first. Every figure and every list behind a figure is made of this one query. */
export async function casesOf(at: { readonly db: Db; readonly actor: Actor }, measure: Measure, asked: Narrowed): Promise<readonly Case[]> {
  if (measure === 'overdueActions') return overdueAt(at, asked);
  const promised = PROMISED[measure];
  if (promised) return dueIn(at, { ...asked, ...promised });
  const begins = BEGINS[measure as keyof typeof BEGINS];
  const marked = isOfIncident(measure);
  const { rows } = await sql<Case>`
    with c as (
      select a.id as entry, a.record_id as record, a.at, d.data->>'severity' as severity, (d.data->>'service')::uuid as service, (d.data->>'team')::uuid as team,
        (${marked ? stretchOf(measure) : sql`extract(epoch from ${endOf(measure)} - a.at)`} * 1000)::bigint as took_ms
      from activity a join record on record.id = a.record_id cross join lateral (select ${serviceOf(measure)} as data) d ${marked ? sql`cross join ${MARKS}` : sql``}
      where a.did = ${begins} and coalesce(a.data->>'practice', 'false') = ${String(asked.practice)} and ${onlyOf(measure, at.actor)}
        and ${asked.title === null ? sql`true` : sql`record.title = ${asked.title}`}
        and ${asked.factor === null ? sql`true` : named(at.actor, sql`f.data->>'factor' = ${asked.factor}`)} and ${asked.category === null ? sql`true` : named(at.actor, sql`f.data->>'category' = ${asked.category}`)} and a.at >= ${iso(asked.from)} and a.at < ${iso(asked.until)} and ${visible(at.actor)}
        and ${measure === 'pagesOutOfHours' ? await outOfHours(at.db, asked) : sql`true`}
    )
    select entry, record, at, severity, service, took_ms as "tookMs" from c where ${narrow(asked)}
    order by at desc, entry desc limit ${asked.limit}`.execute(at.db);
  return rows;
}

function narrow(asked: Narrowed): RawBuilder<unknown> {
  const parts = [
    asked.serviceId ? sql`service = ${asked.serviceId}::uuid` : null,
    asked.teamId ? sql`(team = ${asked.teamId}::uuid or (team is null and service in (select s.id from record s where s.team_id = ${asked.teamId}::uuid)))` : null,
    asked.severities ? sql`severity = any(${[...asked.severities]}::text[])` : null,
    asked.outcome === 'answered' ? sql`took_ms is not null` : asked.outcome === 'unanswered' ? sql`took_ms is null` : null,
    asked.atLeastMs === null ? null : sql`took_ms >= ${asked.atLeastMs}`,
    asked.belowMs === null ? null : sql`took_ms < ${asked.belowMs}`,
    asked.before ? sql`(at, entry) < (${asked.before.at}::timestamptz, ${asked.before.id}::uuid)` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

const OPEN_AT = (point: RawBuilder<unknown>) => sql`lateral (select l.did, l.data->>'dueOn' as due_on from activity l where l.record_id = a.record_id and l.at < ${point}
  and l.did in ('action.created', 'action.changed', 'action.completed', 'action.dropped', 'action.reopened') order by l.at desc, l.seq desc limit 1) last`;

/** Actions that were open and past their day at the end of the window. */
async function overdueAt({ db, actor }: { readonly db: Db; readonly actor: Actor }, asked: Narrowed): Promise<readonly Case[]> {
  const point = iso(asked.until);
  const { rows } = await sql<Case>`
    select a.id as entry, a.record_id as record, a.at, null as severity, null as service, null as "tookMs"
    from activity a join record on record.id = a.record_id cross join ${OPEN_AT(sql`${point}::timestamptz`)}
    where a.did = 'action.created' and a.at < ${point} and last.did not in ('action.completed', 'action.dropped') and last.due_on < ${point.slice(0, 10)}
      and (${asked.teamId}::uuid is null or record.team_id = ${asked.teamId}::uuid) and ${visible(actor)}
      and ${asked.before ? sql`(a.at, a.id) < (${asked.before.at}::timestamptz, ${asked.before.id}::uuid)` : sql`true`}
    order by a.at desc, a.id desc limit ${asked.limit}`.execute(db);
  return rows;
}

/** Open and overdue actions at each of these instants: one query for all of them. */
export async function actionsAt({ db, actor }: { readonly db: Db; readonly actor: Actor }, points: readonly number[], teamId: string | null) {
  const { rows } = await sql<{ point: string; open: number; overdue: number }>`
    select p.point, count(*) as open, count(*) filter (where last.due_on < to_char(p.point, 'YYYY-MM-DD')) as overdue
    from unnest(${points.map((point) => iso(point))}::timestamptz[]) p (point)
    join activity a on a.did = 'action.created' and a.at < p.point join record on record.id = a.record_id cross join ${OPEN_AT(sql`p.point`)}
    where last.did not in ('action.completed', 'action.dropped') and (${teamId}::uuid is null or record.team_id = ${teamId}::uuid) and ${visible(actor)}
    group by p.point`.execute(db);
  return new Map(rows.map((row) => [Date.parse(row.point), { open: row.open, overdue: row.overdue }]));
}

/** The standing findings of these incidents: which factors and categories each has. */
export async function findingsOf(
  { db, actor }: { readonly db: Db; readonly actor: Actor },
  incidents: readonly string[],
): Promise<readonly { incident: string; factor: string; category: string }[]> {
  const { rows } = await sql<{ incident: string; factor: string; category: string }>`
    select distinct found.* from (${findingsFor(actor)}) found join record on record.id = found.incident
    where found.incident = any(${[...incidents]}::uuid[]) and ${visible(actor)}`.execute(db);
  return rows;
}
