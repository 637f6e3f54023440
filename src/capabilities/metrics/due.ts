import { sql, type RawBuilder } from 'kysely';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Case, Narrowed } from './cases.ts';

export type Promised = 'reviews' | 'actions';

const EVENTS = {
  reviews: { made: 'review.opened', changed: ['review.opened', 'review.changed'], done: 'review.finished', undone: ['review.finished', 'review.reopened'] },
  actions: {
    made: 'action.created',
    changed: ['action.created', 'action.changed', 'action.reopened'],
    done: 'action.completed',
    undone: ['action.completed', 'action.dropped', 'action.reopened'],
  },
} as const;

const among = (names: readonly string[]): RawBuilder<unknown> => sql`any(${[...names]}::text[])`;

/** What was due in the window, the latest first; late is what was not done by its day, in UTC. What was dropped was not due. */
export async function dueIn(at: { readonly db: Db; readonly actor: Actor }, asked: Narrowed & { readonly what: Promised; readonly lateOnly: boolean }): Promise<readonly Case[]> {
  const { made, changed, done, undone } = EVENTS[asked.what];
  const until = iso(asked.until);
  const { rows } = await sql<Case>`
    with c as (
      select a.id as entry, a.record_id as record, (d.due_on || 'T12:00:00Z')::timestamptz as at, record.team_id as team, (a.data->>'service')::uuid as service, a.data->>'severity' as severity,
        d.due_on, e.did as last, e.at as ended
      from activity a join record on record.id = a.record_id
      cross join lateral (select k.data->>'dueOn' as due_on from activity k where k.record_id = a.record_id and k.did = ${among(changed)} and k.at < ${until} order by k.at desc, k.seq desc limit 1) d
      left join lateral (select k.did, k.at from activity k where k.record_id = a.record_id and k.did = ${among(undone)} and k.at < ${until} order by k.at desc, k.seq desc limit 1) e on true
      where a.did = ${made} and a.at < ${until} and coalesce(a.data->>'practice', 'false') = ${String(asked.practice)} and ${visible(at.actor)}
    )
    select entry, record, at, service, severity, null as "tookMs" from c
    where due_on >= ${iso(asked.from).slice(0, 10)} and due_on < ${until.slice(0, 10)} and last is distinct from 'action.dropped'
      and (${!asked.lateOnly} or last is distinct from ${done} or to_char(ended at time zone 'UTC', 'YYYY-MM-DD') > due_on)
      and (${asked.teamId}::uuid is null or team = ${asked.teamId}::uuid) and (${asked.serviceId}::uuid is null or service = ${asked.serviceId}::uuid)
      and (${asked.severities === null} or severity = ${among(asked.severities ?? [])})
      and ${asked.before ? sql`(at, entry) < (${asked.before.at}::timestamptz, ${asked.before.id}::uuid)` : sql`true`}
    order by at desc, entry desc limit ${asked.limit}`.execute(at.db);
  return rows;
}
