import { iso } from '#kernel/clock.ts';
import type { Desk } from '#kernel/desk.ts';
import { sha256, uuidv7 } from '#kernel/ids.ts';
import { rateLimit, type Limit } from '#kernel/limits.ts';
import type { FormatName } from '../formats/index.ts';
import { backlogOf, drainSource, forgetRead, keepRead } from '../intake/drain.ts';
import type { Signal } from '../rules/signal.ts';
import * as store from '../store/index.ts';

const KEY_CACHE_MS = 5000;
/** So many statements store at a time: one alone would wait for the disk while nobody else may. */
const WRITERS = 4;
/** Bytes accepted and not yet worked off by this node; a sender that is told to wait keeps the rest. */
const BACKLOG_MOST = 1024 * 1024 * 1024;

export interface Incoming {
  readonly sourceId: string;
  readonly format: FormatName;
  readonly body: string;
  readonly givenKey: string | null;
  /** What it says, if it was read already: it need not be read a second time. */
  readonly signals?: readonly Signal[];
}

interface Waiting {
  readonly row: store.NewRaw;
  readonly done: (error?: unknown) => void;
}

export interface Door {
  readonly keys: Map<string, { sourceId: string | null; until: number }>;
  readonly perKey: Limit;
  readonly unknown: Limit;
  readonly waiting: Waiting[];
  writers: number;
}

export function openDoor(): Door {
  return { keys: new Map(), perKey: rateLimit({ burst: 50_000, perMinute: 1_200_000 }), unknown: rateLimit({ burst: 20, perMinute: 30 }), waiting: [], writers: 0 };
}

export interface At {
  readonly desk: Desk;
  readonly door: Door;
}

export async function sourceOf({ desk, door }: At, key: string): Promise<string | null> {
  if (!/^[0-9a-f]{32}$/.test(key)) return null;
  const now = desk.clock.now();
  const known = door.keys.get(key);
  if (known && known.until > now) return known.sourceId;
  const found = await store.sourceOfKey(desk.readDb, sha256(key));
  if (door.keys.size > 1000) door.keys.clear();
  door.keys.set(key, { sourceId: found?.sourceId ?? null, until: now + KEY_CACHE_MS });
  return found?.sourceId ?? null;
}

/** Whether a sender is to wait: it sends too fast, or more is waiting than this node can take. */
export function isOver({ desk, door }: At, sourceId: string): boolean {
  return backlogOf(desk) > BACKLOG_MOST || door.perKey.take(sourceId, desk.clock.now()) > 0;
}

/** Resolves when the message is on disk. Messages that arrive together are stored by one statement and one commit. */
export async function accept(at: At, { signals, ...incoming }: Incoming): Promise<void> {
  const { desk, door } = at;
  const now = desk.clock.now();
  const id = uuidv7(now);
  // An escape may stand for what the database stores in no text: such a body is read anew, with that replaced.
  const kept = { id, bytes: incoming.body.length, signals: incoming.body.includes('\\u') ? undefined : signals };
  keepRead(desk, kept);
  await new Promise<void>((resolve, reject) => {
    door.waiting.push({ row: { ...incoming, id, at: iso(now) }, done: (error) => (error === undefined ? resolve() : reject(error)) });
    if (door.writers < WRITERS) void write(at);
  }).catch((error: unknown) => {
    forgetRead(desk, [kept]);
    throw error;
  });
  void drainSource(desk, incoming.sourceId);
}

async function write({ desk, door }: At): Promise<void> {
  door.writers += 1;
  while (door.waiting.length > 0) {
    const batch = door.waiting.splice(0, store.RAW_MOST);
    const error = await store
      .insertRaw(
        desk.pool,
        batch.map((one) => one.row),
      )
      .then(
        () => undefined,
        (failure: unknown) => failure ?? new Error('not stored'),
      );
    for (const one of batch) one.done(error);
  }
  door.writers -= 1;
}
