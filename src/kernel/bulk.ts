import { sql } from 'kysely';
import { iso } from './clock.ts';
import type { Tx } from './database.ts';
import type { Opened, Opening, Trace } from './desk.ts';
import { canonicalJson, sha256, uuidv7 } from './ids.ts';
import type { Actor } from './permissions.ts';

interface Where {
  readonly tx: Tx;
  readonly now: number;
  readonly actor: Actor;
}

interface Entry extends Trace {
  readonly id: string;
}

/** Entries of the log in one statement, in the order given. */
async function insertEntries({ tx, now, actor }: Where, entries: readonly Entry[]): Promise<void> {
  const json = entries.map((entry) => canonicalJson(entry.data ?? {}));
  await sql`
    insert into activity (id, record_id, did, actor_id, via, at, caused_by, data, data_hash)
    select u.id, u.record_id, u.did, u.actor_id, ${actor.via}, ${iso(now)}::timestamptz, u.caused_by, u.data, u.hash
    from unnest(${entries.map((one) => one.id)}::uuid[], ${entries.map((one) => one.record)}::uuid[], ${entries.map((one) => one.did)}::text[],
      ${entries.map((one) => (one.actorId === undefined ? actor.id : one.actorId))}::uuid[], ${entries.map((one) => one.causedBy ?? null)}::uuid[],
      ${json}::jsonb[], ${json.map((text) => sha256(text))}::bytea[]) with ordinality as u(id, record_id, did, actor_id, caused_by, data, hash, place)
    order by u.place`.execute(tx);
}

/** Records of one kind and their first entries in two statements, numbered in the order given. */
export async function openRecords(
  where: Where,
  { kind, prefix }: { readonly kind: string; readonly prefix: string },
  entries: readonly Omit<Opening, 'kind'>[],
): Promise<readonly Opened[]> {
  const { tx, now } = where;
  const ids = entries.map((entry) => entry.id ?? uuidv7(now));
  const at = iso(now);
  const made = sql<{ id: string; number: string }>`
    insert into record (id, kind, number, title, words, owner_id, team_id, visibility, opened_at, changed_at)
    select u.id, ${kind}, ${prefix} || '-' || nextval(${`record_number_${kind}`}::regclass), u.title, u.words, u.owner_id, u.team_id, u.visibility, ${at}::timestamptz, ${at}::timestamptz
    from (select * from unnest(${ids}::uuid[], ${entries.map((one) => one.title)}::text[], ${entries.map((one) => one.words ?? '')}::text[], ${entries.map((one) => one.ownerId ?? null)}::uuid[],
      ${entries.map((one) => one.teamId ?? null)}::uuid[], ${entries.map((one) => (one.restricted ? 'restricted' : 'everyone'))}::text[])
      with ordinality as u(id, title, words, owner_id, team_id, visibility, place) order by place) as u
    returning id, number`.execute(tx);
  const traces = entries.map((entry, place) => ({ id: uuidv7(now), record: ids[place]!, did: entry.did, data: entry.data ?? {}, causedBy: entry.causedBy ?? null }));
  const [{ rows }] = await Promise.all([made, insertEntries(where, traces)]);
  const numbers = new Map(rows.map((row) => [row.id, row.number]));
  return traces.map(({ id, record }) => ({ id: record, number: numbers.get(record) ?? '', activityId: id }));
}

/** Entries about records, whose versions rise, in two statements; a record may stand in it more than once. */
export async function traceAll(where: Where, entries: readonly Trace[]): Promise<void> {
  if (entries.length === 0) return;
  const times = new Map<string, number>();
  for (const { record } of entries) if (record !== null) times.set(record, (times.get(record) ?? 0) + 1);
  const ids = [...times.keys()].toSorted();
  const raised = sql`
    update record r set version = r.version + u.times, changed_at = ${iso(where.now)}
    from unnest(${ids}::uuid[], ${ids.map((id) => times.get(id)!)}::int[]) as u(id, times) where r.id = u.id`.execute(where.tx);
  await Promise.all([
    raised,
    insertEntries(
      where,
      entries.map((entry) => ({ ...entry, id: uuidv7(where.now) })),
    ),
  ]);
}
