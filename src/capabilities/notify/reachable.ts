import { peopleByIds } from '#capabilities/people/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Desk } from '#kernel/desk.ts';
import * as store from './store/index.ts';
import { waysOf } from './ways.ts';

/** Which of these people have a contact that was verified and works now: a page would surely arrive. Push alone is not sure. */
export async function reachableAmong(ctx: { db: Db; desk: Desk }, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  const reach = await waysOf(ctx, await peopleByIds(ctx.db, personIds));
  return new Set([...reach].filter(([, { ways }]) => ways.some((way) => way.verified && way.trouble === null && way.channel !== 'push')).map(([id]) => id));
}

/** When each person was called by a page in a window, epoch ms; mail does not interrupt. */
export async function callsOf(db: Db, personIds: readonly string[], window: { from: number; until: number }): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = await store.sentPages(db, personIds, { from: iso(window.from), until: iso(window.until) });
  const found = Map.groupBy(rows, (row) => row.personId ?? '');
  return new Map([...found].map(([id, own]) => [id, own.map((row) => ms(row.settledAt ?? row.dueAt))]));
}
