import { sql } from 'kysely';
import { iso } from './clock.ts';
import { openRecords, traceAll } from './bulk.ts';
import { canonicalJson, sha256, uuidv7 } from './ids.ts';
import { Problem } from './problem.ts';
import type { Actor } from './permissions.ts';
import { NOBODY } from './permissions.ts';
import type { Db, Tx } from './database.ts';
import type { Amendment, Desk, EnqueueOptions, Opened, Opening, Read, Trace, Write } from './desk.ts';

interface Tally {
  traces: number;
  unchanged: boolean;
}

interface WriteParts {
  readonly desk: Desk;
  readonly tx: Tx;
  readonly now: number;
  readonly kinds: ReadonlyMap<string, string>;
  readonly events: ReadonlySet<string>;
}

const kindsOf = new WeakMap<Desk, { kinds: Map<string, string>; events: Set<string> }>();

function registered(desk: Desk): { kinds: Map<string, string>; events: Set<string> } {
  const known = kindsOf.get(desk);
  if (known) return known;
  const kinds = new Map(desk.modules.flatMap((m) => Object.entries(m.contract.kinds).map(([kind, k]) => [kind, k.prefix] as const)));
  const events = new Set(desk.modules.flatMap((m) => Object.keys(m.contract.events)));
  const fresh = { kinds, events };
  kindsOf.set(desk, fresh);
  return fresh;
}

/** A write context over one transaction. A second context made by `as()` shares its tally. */
export function writeContext(desk: Desk, tx: Tx, actor: Actor, now: number): { ctx: Write; tally: Tally } {
  const tally: Tally = { traces: 0, unchanged: false };
  return { ctx: contextFor({ desk, tx, now, ...registered(desk) }, actor, tally), tally };
}

function contextFor(parts: WriteParts, actor: Actor, tally: Tally): Write {
  const { desk, tx, now } = parts;
  return {
    desk,
    db: tx,
    actor,
    now,
    async open(entry) {
      tally.traces += 1;
      return openRecord(parts, actor, entry);
    },
    async openMany(kind, entries) {
      if (entries.length === 0) return [];
      for (const { did } of entries) knownEvent(parts, did);
      tally.traces += entries.length;
      return openRecords({ tx, now, actor }, { kind, prefix: prefixOf(parts, kind) }, entries);
    },
    async record(entry) {
      tally.traces += 1;
      return trace(parts, actor, entry);
    },
    async recordMany(entries) {
      for (const { did } of entries) knownEvent(parts, did);
      tally.traces += entries.length;
      await traceAll({ tx, now, actor }, entries);
    },
    expect: (id, version) => expectVersion(tx, id, version),
    amend: (id, patch) => amend(tx, id, patch),
    async link(from, relation, to) {
      await addLink(parts, actor, { from, relation, to });
    },
    enqueue: (task, payload, options = {}) => addJob(tx, now, { task, payload, options }),
    async cancel(key) {
      await sql`select graphile_worker.remove_job(${key})`.execute(tx);
    },
    unchanged() {
      tally.unchanged = true;
    },
    as: (other) => contextFor(parts, other, tally),
  };
}

export function readContext(desk: Desk, db: Db, actor: Actor): Read {
  return { desk, db, actor, now: desk.clock.now() };
}

function dataOf(data: Readonly<Record<string, unknown>> | undefined): { json: string; hash: Buffer } {
  const json = canonicalJson(data ?? {});
  return { json, hash: sha256(json) };
}

function knownEvent(parts: WriteParts, did: string): void {
  if (!parts.events.has(did)) throw new Error(`the event ${did} is in no contract`);
}

function prefixOf(parts: WriteParts, kind: string): string {
  const prefix = parts.kinds.get(kind);
  if (!prefix) throw new Error(`the kind ${kind} is in no contract`);
  return prefix;
}

/** Record and first log entry in one statement: one round trip of the transaction. */
async function openRecord(parts: WriteParts, actor: Actor, entry: Opening): Promise<Opened> {
  knownEvent(parts, entry.did);
  const prefix = prefixOf(parts, entry.kind);
  const id = entry.id ?? uuidv7(parts.now);
  const activityId = uuidv7(parts.now);
  const at = iso(parts.now);
  const { json, hash } = dataOf(entry.data);
  const sequence = `record_number_${entry.kind}`;
  const { rows } = await sql<{ number: string }>`
    with r as (
      insert into record (id, kind, number, title, words, owner_id, team_id, visibility, opened_at, changed_at)
      values (${id}, ${entry.kind}, ${prefix} || '-' || nextval(${sequence}::regclass), ${entry.title}, ${entry.words ?? ''},
        ${entry.ownerId ?? null}, ${entry.teamId ?? null}, ${entry.restricted ? 'restricted' : 'everyone'}, ${at}, ${at})
      returning number
    ), a as (
      insert into activity (id, record_id, did, actor_id, via, at, caused_by, data, data_hash)
      values (${activityId}, ${id}, ${entry.did}, ${actor.id}, ${actor.via}, ${at}, ${entry.causedBy ?? null}, ${json}::jsonb, ${hash})
    ) select number from r`.execute(parts.tx);
  return { id, number: rows[0]?.number ?? '', activityId };
}

async function trace(parts: WriteParts, actor: Actor, entry: Trace): Promise<string> {
  knownEvent(parts, entry.did);
  const id = uuidv7(parts.now);
  const at = iso(parts.now);
  const { json, hash } = dataOf(entry.data);
  const actorId = entry.actorId === undefined ? actor.id : entry.actorId;
  if (entry.record === null) {
    await sql`
      insert into activity (id, record_id, did, actor_id, via, at, caused_by, data, data_hash)
      values (${id}, null, ${entry.did}, ${actorId}, ${actor.via}, ${at}, ${entry.causedBy ?? null}, ${json}::jsonb, ${hash})`.execute(parts.tx);
    return id;
  }
  await sql`
    with r as (update record set version = version + 1, changed_at = ${at} where id = ${entry.record})
    insert into activity (id, record_id, did, actor_id, via, at, caused_by, data, data_hash)
    values (${id}, ${entry.record}, ${entry.did}, ${actorId}, ${actor.via}, ${at}, ${entry.causedBy ?? null}, ${json}::jsonb, ${hash})`.execute(parts.tx);
  return id;
}

async function expectVersion(tx: Tx, id: string, version: number | undefined): Promise<void> {
  const row = await tx.selectFrom('record').select('version').where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('missing', 'The record does not exist.');
  if (version === undefined || row.version === version) return;
  throw new Problem('conflict', `This was changed while you looked at it (you saw version ${version}, now it is ${row.version}). Look at the newer state and try again.`, {
    version: row.version,
  });
}

async function amend(tx: Tx, id: string, patch: Amendment): Promise<void> {
  if (Object.keys(patch).length === 0) return;
  await tx.updateTable('record').set(patch).where('id', '=', id).execute();
}

async function addLink(parts: WriteParts, actor: Actor, link: { from: string; relation: string; to: string }): Promise<void> {
  await parts.tx
    .insertInto('link')
    .values({ id: uuidv7(parts.now), fromId: link.from, toId: link.to, relation: link.relation, actorId: actor.id, at: iso(parts.now) })
    .onConflict((c) => c.columns(['fromId', 'toId', 'relation']).doNothing())
    .execute();
}

async function addJob(tx: Tx, now: number, job: { task: string; payload: Readonly<Record<string, unknown>>; options: EnqueueOptions }): Promise<void> {
  const { key, runAt, queue, attempts } = job.options;
  await sql`select graphile_worker.add_job(${job.task}::text, payload => ${JSON.stringify(job.payload)}::json,
    queue_name => ${queue ?? null}::text, run_at => ${iso(runAt ?? now)}::timestamptz, max_attempts => ${attempts ?? 8}::int,
    job_key => ${key ?? null}::text, job_key_mode => 'replace'::text)`.execute(tx);
}

/** The actor of a call that came through a signed link: the person, but with nothing else of their rights. */
export function linkActor(personId: string, name: string): Actor {
  return { ...NOBODY, id: personId, kind: 'person', name, via: 'link' };
}
