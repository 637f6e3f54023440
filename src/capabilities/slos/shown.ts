import { ms } from '#kernel/clock.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Slo } from './contract.ts';
import { achieved, budgetLeft, burnRate, lasting, SILENT_AFTER } from './rules/index.ts';
import { LENGTHS } from './settling.ts';
import * as store from './store.ts';

const HOUR = 3_600_000;
type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

/** What is stored, unless the desk has not counted for a while: then nothing is known of now. */
export function stateNow(row: store.StoredSlo, now: number): Pick<Slo, 'state' | 'sentence'> {
  const { state, sentence, countedUntil, retiredAt } = row;
  if (retiredAt !== null) return { state: 'unknown', sentence: 'It is retired.' };
  if (countedUntil !== null && now - ms(countedUntil) > SILENT_AFTER && row.trouble === null)
    return { state: 'unknown', sentence: `Nothing was counted for ${lasting(now - ms(countedUntil))}.` };
  return { state, sentence };
}

export async function shown(ctx: Seer, rows: readonly store.SloRow[]): Promise<Slo[]> {
  const ids = rows.map(({ id }) => id);
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.serviceId, ...row.checkIds]),
  );
  const sums = await store.sums(ctx.db, ids, LENGTHS);
  return rows.map((row) => {
    const { id, number, title, summary, objective, windowDays, source, countedUntil, openedAt, version } = row;
    const counted = sums.get(id);
    return {
      id,
      number,
      name: title,
      summary,
      service: refs.get(row.serviceId) ?? null,
      objective,
      windowDays,
      source:
        source === 'prometheus'
          ? { kind: source, url: row.config.url, good: row.config.good, total: row.config.total }
          : { kind: source, checks: row.checkIds.flatMap((one) => refs.get(one) ?? []) },
      ...stateNow(row, ctx.now),
      achieved: counted ? achieved(counted.window) : null,
      budgetLeft: counted ? budgetLeft(counted.window, objective) : null,
      burn: counted ? burnRate(counted.last(HOUR), objective) : null,
      countedUntil,
      openedAt,
      version,
      retired: row.retiredAt !== null,
    };
  });
}

export async function rowOf({ db, actor }: Pick<Seer, 'db' | 'actor'>, number: string): Promise<store.SloRow> {
  const row = await store.byNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

export async function sloOf(ctx: Seer, number: string): Promise<Slo> {
  const [slo] = await shown(ctx, [await rowOf(ctx, number)]);
  if (!slo) throw missing(number);
  return slo;
}
