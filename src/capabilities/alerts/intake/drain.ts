import { writeAs } from '#kernel/act.ts';
import { isUnavailable } from '#kernel/database.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { formats, type FormatName } from '../formats/index.ts';
import { heard } from '../receiving/listening.ts';
import { storable } from '../receiving/storable.ts';
import type { Mapping } from '../rules/mapping/index.ts';
import type { Signal } from '../rules/signal.ts';
import * as store from '../store/index.ts';
import { applySignals } from './batch.ts';

/** Messages and bytes of one transaction: few enough that nobody waits for it, enough that a storm is taken in big steps. */
const MESSAGES = 1000;
const BYTES = 500_000;

/** Read signals that are kept until their message is worked off: what is over is read again from the database. */
const KEPT_MOST = 20_000;
/** So many messages that arrived during a batch are a flood: answers to senders then get this many times what the batch took, so long at most. Milliseconds. */
const FLOOD = 50;
const FLOOD_PAUSE = 4;
const PAUSE_MOST = 400;

/** Sources of which something waits, in turn, and the loop that takes their messages. */
interface Queue {
  readonly waiting: Set<string>;
  readonly read: Map<string, readonly Signal[]>;
  kept: number;
  /** Messages accepted since the last batch began. */
  arrived: number;
  /** Bytes of messages that this node accepted and that are not worked off. */
  backlog: number;
  running: Promise<void> | undefined;
}

const queues = new WeakMap<Desk, Queue>();

function queueOf(desk: Desk): Queue {
  const queue: Queue = queues.get(desk) ?? { waiting: new Set(), read: new Map(), kept: 0, arrived: 0, backlog: 0, running: undefined };
  queues.set(desk, queue);
  return queue;
}

export function backlogOf(desk: Desk): number {
  return queueOf(desk).backlog;
}

/** Remembers what an accepted message says until it is worked off, and that it waits. */
export function keepRead(desk: Desk, { id, bytes, signals }: { readonly id: string; readonly bytes: number; readonly signals: readonly Signal[] | undefined }): void {
  const queue = queueOf(desk);
  queue.backlog += bytes;
  queue.arrived += 1;
  if (!signals || queue.kept + signals.length > KEPT_MOST) return;
  queue.kept += signals.length;
  queue.read.set(id, signals);
}

/** They are worked off, or were not stored after all. */
export function forgetRead(desk: Desk, rows: readonly { readonly id: string; readonly bytes: number }[]): void {
  const queue = queueOf(desk);
  for (const { id, bytes } of rows) {
    queue.backlog = Math.max(0, queue.backlog - bytes);
    queue.kept -= queue.read.get(id)?.length ?? 0;
    queue.read.delete(id);
  }
}

/**
 * Works off what a source sent, in the order in which it came. Sources take turns, batch by batch, so that a storm of
 * one does not delay the first alert of another.
 */
export function drainSource(desk: Desk, sourceId: string): Promise<void> {
  const queue = queueOf(desk);
  queue.waiting.add(sourceId);
  queue.running ??= drainAll(desk, queue).finally(() => {
    queue.running = undefined;
  });
  return queue.running;
}

async function drainAll(desk: Desk, queue: Queue): Promise<void> {
  const { waiting } = queue;
  for (;;) {
    const began = performance.now();
    const [sourceId] = waiting;
    if (sourceId === undefined) {
      // Nothing waits that this node knows of: what is left in memory was worked off elsewhere.
      Object.assign(queue, { kept: 0, backlog: 0 });
      queue.read.clear();
      return;
    }
    // Taken out first: what arrives meanwhile puts it back.
    waiting.delete(sourceId);
    try {
      if (await drainSome(desk, sourceId)) waiting.add(sourceId);
      if (waiting.size === 0) continue;
    } catch (error) {
      desk.log.error({ err: error, source: sourceId }, 'signals wait: they will be worked off later');
    }
    const took = performance.now() - began;
    const pause = queue.arrived < FLOOD ? took / 2 : Math.min(FLOOD_PAUSE * took, PAUSE_MOST);
    queue.arrived = 0;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Waits until everything accepted on this node is worked off. */
export async function settleIntake(desk: Desk): Promise<void> {
  const queue = queueOf(desk);
  while (queue.running) await queue.running;
}

/** Begins again with what a killed node left behind. */
export async function recoverIntake(desk: Desk): Promise<void> {
  await Promise.all((await store.sourcesWaiting(desk.readDb)).map((sourceId) => drainSource(desk, sourceId)));
}

/** One batch of a source; true when more of it waits. One that fails is halved until what is in its way stands alone: others wait for few tries. */
async function drainSome(desk: Desk, sourceId: string): Promise<boolean> {
  for (let messages = MESSAGES; messages > 1; messages = Math.floor(messages / 2)) {
    try {
      return await takeBatch(desk, sourceId, { messages, bytes: BYTES });
    } catch (error) {
      if (isUnavailable(error)) throw error;
      desk.log.warn({ err: error, source: sourceId, messages }, 'a batch of signals failed; a smaller one is tried');
    }
  }
  return takeOne(desk, sourceId);
}

async function takeBatch(desk: Desk, sourceId: string, most: { readonly messages: number; readonly bytes: number }): Promise<boolean> {
  const queue = queueOf(desk);
  const done = await writeAs(
    desk,
    SYSTEM,
    async (ctx) => {
      await store.commitLazily(ctx.db);
      const rows = await store.claimRaw(ctx.db, sourceId, { ...most, had: queue.read.keys().take(most.messages).toArray() });
      if (rows.length > 0) await workOff(ctx, sourceId, { rows, read: queue.read });
      return rows;
    },
    'quiet',
  );
  forgetRead(desk, done);
  return done.length > 0;
}

/** One message alone; a message that cannot be worked off is kept with its error, never lost and never in the way. */
async function takeOne(desk: Desk, sourceId: string): Promise<boolean> {
  const row = await store.oldestRaw(desk.readDb, sourceId);
  if (!row) return false;
  await takeBatch(desk, sourceId, { messages: 1, bytes: BYTES }).catch(async (error: unknown) => {
    if (isUnavailable(error)) throw error;
    desk.metrics.signals.inc({ format: 'any', outcome: 'failed' });
    await writeAs(
      desk,
      SYSTEM,
      async (ctx) => {
        // Another node may have worked it off meanwhile.
        if (!(await store.isWaiting(ctx.db, sourceId, row.id))) return;
        await store.finishRaw(ctx.db, [{ id: row.id, done: false, signals: 0, error: String(error).slice(0, 1000) }]);
        await heard(ctx, sourceId, [{ rawId: row.id, format: row.format, signals: 0, error: 'A message could not be worked off; it is kept with its error.' }]);
      },
      'quiet',
    );
    // Taken in again later, it is read anew: by the mapping of then.
    forgetRead(desk, [row]);
  });
  return true;
}

type Mappings = Readonly<Record<string, Mapping>>;

/** What one message says, or the sentence why it cannot be read; with both when only a part of it could be. */
function readRaw(raw: store.Raw, mappings: Mappings, known: readonly Signal[] | undefined): { signals: readonly Signal[]; sentence: string | null } | { sentence: string } {
  if (known) return { signals: keyed(known, raw.givenKey), sentence: null };
  if (raw.body === null) throw new Error(`the body of ${raw.id} is needed after all`);
  // Only an escape can bring in what cannot be stored: the body itself came as text out of the database.
  const body: unknown = JSON.parse(raw.body);
  const read = formats[raw.format as FormatName].read(raw.body.includes('\\u') ? storable(body) : body, mappings[raw.format] ?? null);
  if ('problem' in read) return { sentence: 'sentence' in read.problem ? read.problem.sentence : 'The message cannot be read.' };
  const refused = 'refused' in read ? read.refused : [];
  const sentence = refused.length === 0 ? null : `${refused.length} of ${refused.length + read.signals.length} alerts in it could not be read. ${refused[0]?.sentence ?? ''}`;
  return { signals: keyed(read.signals, raw.givenKey), sentence };
}

function keyed(signals: readonly Signal[], key: string | null): readonly Signal[] {
  return key === null ? signals : signals.map((signal) => ({ ...signal, key }));
}

async function workOff(ctx: Write, sourceId: string, { rows, read: known }: { rows: readonly store.Raw[]; read: Queue['read'] }): Promise<void> {
  const source = await store.tables(ctx.db).selectFrom('alertsSource').select(['serviceId', 'mappings']).where('id', '=', sourceId).executeTakeFirst();
  const sourceName = (await refsOf(ctx.db, SYSTEM, [sourceId])).get(sourceId)?.title ?? '';
  const read = rows.map((raw) => ({ raw, ...readRaw(raw, source?.mappings ?? {}, raw.body === null ? known.get(raw.id) : undefined) }));
  const signals = read.flatMap((one) => ('signals' in one ? one.signals.map((signal) => ({ signal, rawId: one.raw.id })) : []));
  await applySignals(ctx, { sourceId, sourceName, fallbackId: source?.serviceId ?? null }, signals);
  const finished = read.map((one) => ({ id: one.raw.id, done: 'signals' in one, signals: 'signals' in one ? one.signals.length : 0, error: one.sentence }));
  await store.finishRaw(ctx.db, finished);
  await heard(
    ctx,
    sourceId,
    read.map(({ raw }, place) => ({ rawId: raw.id, format: raw.format, signals: finished[place]!.signals, error: finished[place]!.error })),
  );
}
