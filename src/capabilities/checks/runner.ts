import { randomUUID } from 'node:crypto';
import { sql, type SqlBool } from 'kysely';
import { iso, ms, systemClock } from '#kernel/clock.ts';
import type { Desk } from '#kernel/desk.ts';
import { openAsker, runAll } from './asking.ts';
import { fallOverdue } from './beats.ts';
import { lookAgainWhileBlind } from './guard.ts';
import { failuresOf, readProbe, retryMsOf } from './probes/index.ts';
import { applyResults, type Result } from './results.ts';
import { nextRun } from './rules/index.ts';
import * as store from './store/index.ts';
import { openWheel } from './wheel.ts';

const SLOT_MS = 50;
const FLUSH_MS = 200;
const BATCH = 500;
/** Kept while the database is away; the oldest go first when it stays away. */
const KEPT_MOST = 50_000;
const AT_ONCE = 250;
/** A change is read again for so long, so that a transaction that commits late is not missed. */
const REREAD_MS = 60_000;

/** Runs every check that is due on the desk's clock, once; for desks whose clock is moved by hand. Answers how many ran or fell. */
export async function runDueChecks(desk: Desk): Promise<number> {
  const now = desk.clock.now();
  const rows = await store.probes(desk.db).where('stored', '!=', 'paused').where('retiredAt', 'is', null).execute();
  const due = rows.filter((row) => {
    const retryMs = row.stored === 'pending' ? retryMsOf(readProbe(row.config)) : null;
    return row.lastAt === null || (retryMs !== null && ms(row.lastAt) + retryMs <= now) || nextRun(row.id, row.intervalSeconds! * 1000, ms(row.lastAt) + 1) <= now;
  });
  const results = desk.state.held ? [] : await runAll(desk, due);
  await applyResults(desk, results);
  await lookAgainWhileBlind(desk);
  return results.length + (await fallOverdue(desk));
}

/** Probes of the leased shards run from a wheel in memory; results are written in batches; heartbeats fall once a second. */
export async function startChecks(desk: Desk): Promise<() => Promise<void>> {
  if (desk.config.role === 'web' || desk.clock !== systemClock) return async () => undefined;
  const node = randomUUID();
  const wheel = openWheel(SLOT_MS);
  const known = new Map<string, store.ProbeRow>();
  const running = new Map<string, Promise<void>>();
  const asker = openAsker(desk, take);
  /** Failures in a row, as far as this node saw them. */
  const failing = new Map<string, number>();
  let results: Result[] = [];
  let shards: readonly number[] = [];
  let stopped = false;

  function place(row: store.ProbeRow): void {
    const before = known.get(row.id);
    if (row.retiredAt !== null || row.stored === 'paused' || row.intervalSeconds === null) return forget(row.id);
    if (before?.changedAt === row.changedAt) return;
    known.set(row.id, row);
    const now = desk.clock.now();
    const soon = nextRun(row.id, Math.min(row.intervalSeconds * 1000, 5000), now);
    wheel.put(row.id, row.lastAt === null || before ? soon : nextRun(row.id, row.intervalSeconds * 1000, now));
  }
  function forget(id: string): void {
    known.delete(id);
    failing.delete(id);
    wheel.drop(id);
  }
  async function lease(): Promise<void> {
    const held = await store.renewLeases(desk.db, node, desk.clock.now());
    const gained = held.filter((shard) => !shards.includes(shard));
    shards = held;
    for (const row of known.values()) if (!held.includes(row.shard)) forget(row.id);
    if (gained.length > 0)
      for (const row of await store
        .probes(desk.db)
        .where(sql<SqlBool>`shard = any(${gained}::smallint[])`)
        .execute())
        place(row);
  }
  async function follow(): Promise<void> {
    await fallOverdue(desk);
    await lookAgainWhileBlind(desk);
    if (shards.length === 0) return;
    const since = iso(desk.clock.now() - REREAD_MS);
    for (const row of await store
      .probes(desk.db)
      .where(sql<SqlBool>`shard = any(${shards}::smallint[])`)
      .where('changedAt', '>=', since)
      .execute())
      place(row);
  }
  function tick(): void {
    const now = desk.clock.now();
    for (const id of wheel.due(now)) {
      const row = known.get(id);
      if (!row) continue;
      wheel.put(id, nextRun(id, row.intervalSeconds! * 1000, now + 1));
      if (desk.state.held || running.has(id)) continue;
      if (running.size >= AT_ONCE) wheel.put(id, now + SLOT_MS);
      else
        running.set(
          id,
          run(row).finally(() => running.delete(id)),
        );
    }
  }
  async function run(row: store.ProbeRow): Promise<void> {
    await asker.run(row).catch((error: unknown) => desk.log.error({ err: error, check: row.id }, 'a probe broke'));
  }
  function take(result: Result): void {
    results.push(result);
    const row = known.get(result.checkId);
    if (row && result.result !== 'blind') retrySoon(row, result.result === 'failed');
  }
  /** While it fails but is not down yet, it runs again before its turn. */
  function retrySoon({ id, config: stored }: store.ProbeRow, isFailing: boolean): void {
    const config = readProbe(stored);
    const failures = isFailing ? (failing.get(id) ?? 0) + 1 : 0;
    failing.set(id, failures);
    const retryMs = retryMsOf(config);
    if (retryMs !== null && known.has(id) && failures > 0 && failures < failuresOf(config)) wheel.putSooner(id, desk.clock.now() + retryMs);
  }
  async function flush(): Promise<void> {
    while (results.length > 0) {
      const batch = results.slice(0, BATCH);
      await applyResults(desk, batch).catch((error: unknown) => {
        results = results.slice(-KEPT_MOST);
        throw error;
      });
      results = results.slice(batch.length);
    }
  }
  const beats = [every(5000, lease), every(1000, follow), every(FLUSH_MS, flush)];
  const ticking = setInterval(tick, SLOT_MS);

  /** One run after another, never two at once; a failure is logged and the next run tries again. */
  function every(wait: number, work: () => Promise<void>): { stop(): Promise<void> } {
    let timer: NodeJS.Timeout | undefined;
    let now: Promise<void> = Promise.resolve();
    const loop = (): void => {
      now = work()
        .catch((error: unknown) => desk.log.warn({ err: error }, 'checks could not be kept up and will be tried again'))
        .then(() => {
          if (!stopped) timer = setTimeout(loop, wait);
        });
    };
    loop();
    return {
      async stop() {
        clearTimeout(timer);
        await now;
      },
    };
  }
  return async () => {
    stopped = true;
    clearInterval(ticking);
    for (const beat of beats) await beat.stop();
    await Promise.race([Promise.all(running.values()), new Promise((done) => setTimeout(done, 2000))]);
    await flush();
    await store.endLeases(desk.db, node);
  };
}
