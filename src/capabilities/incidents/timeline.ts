import { sql, type SqlBool } from 'kysely';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Db } from '#kernel/database.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Actor } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { visible } from '#kernel/visible.ts';
import type { TimelineEntry } from './contract/shapes.ts';
import { incidents } from './contract.ts';
import type { Seer } from './shown.ts';

type Group = TimelineEntry['group'];
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
function entries(db: Db, actor: Actor, filter: Filter) {
  let from = db.selectFrom('activity').innerJoin('record', 'record.id', 'activity.recordId')
    .select(['activity.id', 'activity.at', 'activity.did', 'activity.via', 'activity.data', 'activity.actorId', GROUP.as('group'),
      sql<string | null>`coalesce(
        (select c.body from comment c where c.id = (activity.data->>'comment')::uuid),
        (select t.text from incidents_text t where t.id = (activity.data->>'text')::uuid),
        (select case when activity.did = 'incident.noteAnswered' and n.answer <> '' then n.text || ' ' || n.answer else n.text end from incidents_note n where n.id = (activity.data->>'note')::uuid),
        (select m.text from incidents_meaning m where activity.did = 'incident.meaningWritten' and m.incident_id = activity.record_id and m.revision = (activity.data->>'revision')::int))`.as('text')])
    .where('activity.recordId', '=', filter.incidentId).where(visible(actor));
  if (filter.groups) from = from.where(sql<SqlBool>`${GROUP} = any(${[...filter.groups]}::text[])`);
  if (filter.before) from = from.where(sql<SqlBool>`(activity.at, activity.id) < (${filter.before.at}::timestamptz, ${filter.before.id}::uuid)`);
  return from.orderBy('activity.at', 'desc').orderBy('activity.id', 'desc').limit(filter.limit).execute();
}

/** Events of other capabilities that an incident's timeline may hold, in words. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  'record.commented': 'commented', 'record.commentEdited': 'edited a comment', 'record.linked': 'linked a record', 'record.unlinked': 'removed a link', 'record.attached': 'attached a file',
  'page.started': 'is being paged', 'page.told': 'was told', 'page.refused': 'could not be told', 'notice.told': 'was told', 'notice.refused': 'could not be told',
};

export async function timelineOf(ctx: Seer, what: { incidentId: string; groups?: readonly Group[] | undefined; limit: number; cursor?: string | undefined }): Promise<{ items: TimelineEntry[]; cursor: string | null }> {
  const [at, id] = keyOf(what.cursor, 2);
  const rows = await entries(ctx.db, ctx.actor, { incidentId: what.incidentId, groups: what.groups, limit: what.limit + 1, before: at && id ? { at, id } : undefined });
  const shown = rows.slice(0, what.limit);
  const named = (data: { alert?: unknown; person?: unknown }) => [data.alert, data.person].find((one): one is string => typeof one === 'string' && /^[0-9a-f-]{36}$/.test(one));
  const refs = await refsOf(ctx.db, ctx.actor, shown.flatMap((row) => [row.actorId, named(row.data)]));
  const ref = (one: string | null | undefined): Ref | null => refs.get(one ?? '') ?? null;
  const items = shown.map((row): TimelineEntry => ({
    id: row.id, at: row.at, did: row.did, words: incidents.events[row.did] ?? OTHER_WORDS[row.did] ?? row.did, group: row.group, text: row.text, actor: ref(row.actorId), via: row.via,
    record: ref(named(row.data)), data: row.data,
  }));
  const last = rows.length > what.limit ? shown.at(-1) : undefined;
  return { items, cursor: last ? cursorOf([last.at, last.id]) : null };
}
