import { iso } from '#kernel/clock.ts';
import type { Desk } from '#kernel/desk.ts';
import { sha256, uuidv7 } from '#kernel/ids.ts';
import { rateLimit, type Limit } from '#kernel/limits.ts';
import type { FormatName } from '../formats/index.ts';
import { drainSource } from '../intake/drain.ts';
import * as store from '../store/index.ts';

const KEY_CACHE_MS = 5000;

export interface Incoming {
  readonly sourceId: string;
  readonly format: FormatName;
  readonly body: string;
  readonly givenKey: string | null;
}

export interface Door {
  readonly keys: Map<string, { sourceId: string | null; until: number }>;
  readonly perKey: Limit;
  readonly unknown: Limit;
  readonly waiting: { row: Incoming & { id: string; at: string }; done: (error?: unknown) => void }[];
  flushing: boolean;
}

export function openDoor(): Door {
  return { keys: new Map(), perKey: rateLimit({ burst: 2000, perMinute: 12_000 }), unknown: rateLimit({ burst: 20, perMinute: 30 }), waiting: [], flushing: false };
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

/** Resolves when the message is on disk. Messages that arrive together are stored by one statement and one commit. */
export async function accept(at: At, incoming: Incoming): Promise<void> {
  const { desk, door } = at;
  const now = desk.clock.now();
  await new Promise<void>((resolve, reject) => {
    door.waiting.push({ row: { ...incoming, id: uuidv7(now), at: iso(now) }, done: (error) => (error === undefined ? resolve() : reject(error)) });
    if (!door.flushing) void flush(at);
  });
  void drainSource(desk, incoming.sourceId);
}

async function flush({ desk, door }: At): Promise<void> {
  door.flushing = true;
  while (door.waiting.length > 0) {
    const batch = door.waiting.splice(0, 500);
    const rows = batch.map((one) => one.row);
    const error = await store.insertRaw(desk.db, rows).then(
      () => undefined,
      (failure: unknown) => failure ?? new Error('not stored'),
    );
    for (const one of batch) one.done(error);
  }
  door.flushing = false;
}
