import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { TimelineEntry } from '../contract/shapes.ts';

export type Group = TimelineEntry['group'];
const GROUP = sql<Group>`(case when activity.did = 'incident.updated' then 'update' when activity.did = 'record.commented' then 'comment'
  when activity.did = 'incident.noted' and activity.data->>'kind' = 'decision' then 'decision'
  when activity.did in ('incident.noted', 'incident.noteAnswered', 'incident.noteChanged') then 'note' when activity.via = 'system' then 'automatic' else 'act' end)`;

interface Filter {
  readonly incidentId: string;
  readonly groups: readonly Group[] | undefined;
  readonly limit: number;
  readonly before: { at: string; id: string } | undefined;
}

/** Entries of one incident with the words that other tables keep, newest first. */
export function entries(db: Db, actor: Actor, filter: Filter) {
  let from = db
    .selectFrom('activity')
    .innerJoin('record', 'record.id', 'activity.recordId')
    .select([
      'activity.id',
      'activity.at',
      'activity.did',
      'activity.via',
      'activity.data',
      'activity.actorId',
      GROUP.as('group'),
      sql<string | null>`coalesce(
        (select c.body from comment c where c.id = (activity.data->>'comment')::uuid),
        (select t.text from incidents_text t where t.id = (activity.data->>'text')::uuid),
        (select case when activity.did = 'incident.noteAnswered' and n.answer <> '' then n.text || ' ' || n.answer else n.text end from incidents_note n where n.id = (activity.data->>'note')::uuid),
        (select m.text from incidents_meaning m where activity.did = 'incident.meaningWritten' and m.incident_id = activity.record_id and m.revision = (activity.data->>'revision')::int))`.as(
        'text',
      ),
    ])
    .where('activity.recordId', '=', filter.incidentId)
    .where(visible(actor));
  if (filter.groups) from = from.where(sql<SqlBool>`${GROUP} = any(${[...filter.groups]}::text[])`);
  if (filter.before) from = from.where(sql<SqlBool>`(activity.at, activity.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`);
  return from.orderBy('activity.at', 'desc').orderBy('activity.id', 'desc').limit(filter.limit).execute();
}
