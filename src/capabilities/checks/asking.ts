import { sql, type SqlBool } from 'kysely';
import type { Desk } from '#kernel/desk.ts';
import { looksOut } from './guard.ts';
import { runProbe, type Result } from './results.ts';
import * as store from './store/index.ts';

/** A parent that ran so lately is not run again for its child's sake. */
const FRESH_MS = 10_000;
const AT_ONCE = 50;

type Row = Pick<store.ProbeRow, 'id' | 'config' | 'secrets' | 'origin' | 'changedAt' | 'parentIds'>;

/** Runs probes so that a failure is what it seems: the desk reaches anything at all, and what the check depends on was looked at first. */
export interface Asker {
  /** Hands over results, those of parents before those of their children. */
  run(row: Row): Promise<void>;
}

export function openAsker(desk: Desk, take: (result: Result) => void): Asker {
  const lately = new Map<string, { readonly at: number; readonly done: Promise<void> }>();

  async function ask(row: Row): Promise<void> {
    const result = await runProbe(desk, row);
    if (!result) return;
    if (result.result !== 'failed') return take(result);
    // Without the database nothing can be known of the rest; the result itself is kept.
    if (!(await looksOut(desk, result.at).catch(() => true))) return take({ ...result, result: 'blind' });
    if (row.parentIds.length > 0) await askParents(row.parentIds).catch((error: unknown) => desk.log.warn({ err: error }, 'parents of a check could not be asked'));
    take(result);
  }
  function run(row: Row): Promise<void> {
    const at = desk.clock.now();
    const done = ask(row);
    lately.set(row.id, { at, done });
    return done;
  }
  async function askParents(ids: readonly string[]): Promise<void> {
    const stale = ids.filter((id) => desk.clock.now() - (lately.get(id)?.at ?? -Infinity) >= FRESH_MS);
    const rows =
      stale.length === 0
        ? []
        : await store
            .probes(desk.db)
            .where(sql<SqlBool>`id = any(${stale}::uuid[])`)
            .where('stored', '!=', 'paused')
            .where('retiredAt', 'is', null)
            .execute();
    for (const row of rows)
      if (desk.clock.now() - (lately.get(row.id)?.at ?? -Infinity) >= FRESH_MS)
        void run(row).catch((error: unknown) => desk.log.error({ err: error, check: row.id }, 'a probe broke'));
    await Promise.allSettled(ids.flatMap((id) => lately.get(id)?.done ?? []));
  }
  return { run };
}

/** Runs probes once, so many at a time, and answers all results in the order in which they are to be counted. */
export async function runAll(desk: Desk, rows: readonly Row[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  const asker = openAsker(desk, (result) => results.push(result));
  const waiting = [...rows];
  const worker = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) await asker.run(row);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, rows.length) }, worker));
  return results;
}
