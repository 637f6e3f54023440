import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Ref } from '#kernel/contract.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { TimelineEntry } from './contract/shapes.ts';
import { incidents } from './contract.ts';
import type { Seer } from './shown.ts';
import { entries, type Group } from './store/timeline.ts';

/** Events of other capabilities that an incident's timeline may hold, in words. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  'record.commented': 'commented',
  'record.commentEdited': 'edited a comment',
  'record.linked': 'linked a record',
  'record.unlinked': 'removed a link',
  'record.attached': 'attached a file',
  'page.started': 'is being paged',
  'page.told': 'was told',
  'page.refused': 'could not be told',
  'notice.told': 'was told',
  'notice.refused': 'could not be told',
};

export async function timelineOf(
  ctx: Seer,
  what: { incidentId: string; groups?: readonly Group[] | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: TimelineEntry[]; cursor: string | null }> {
  const [at, id] = keyOf(what.cursor, 2);
  const rows = await entries(ctx.db, ctx.actor, { incidentId: what.incidentId, groups: what.groups, limit: what.limit + 1, before: at && id ? { at, id } : undefined });
  const shown = rows.slice(0, what.limit);
  const named = (data: { alert?: unknown; person?: unknown }) => [data.alert, data.person].find((one): one is string => typeof one === 'string' && /^[0-9a-f-]{36}$/.test(one));
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    shown.flatMap((row) => [row.actorId, named(row.data)]),
  );
  const ref = (one: string | null | undefined): Ref | null => refs.get(one ?? '') ?? null;
  const items = shown.map((row): TimelineEntry => ({
    id: row.id,
    at: row.at,
    did: row.did,
    words: incidents.events[row.did] ?? OTHER_WORDS[row.did] ?? row.did,
    group: row.group,
    text: row.text,
    actor: ref(row.actorId),
    via: row.via,
    record: ref(named(row.data)),
    data: row.data,
  }));
  const last = rows.length > what.limit ? shown.at(-1) : undefined;
  return { items, cursor: last ? cursorOf([last.at, last.id]) : null };
}
