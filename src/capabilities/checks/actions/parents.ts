import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { allow, invalidField } from '#kernel/problem.ts';
import { release } from '../holding.ts';
import { refuseParents } from '../rules/index.ts';
import * as store from '../store/index.ts';

/** The checks of these numbers; refuses those that are none. */
export async function parentsOf(ctx: Write, numbers: readonly string[]): Promise<readonly string[]> {
  const rows = await store.byNumbers(ctx.db, ctx.actor, numbers);
  return [...new Set(numbers)].map((number) => {
    const row = rows.find((one) => one.number === number);
    if (!row) throw invalidField('parents', `There is no check ${number}.`);
    if (row.retiredAt !== null) throw invalidField('parents', `${number} is retired. Choose another check.`);
    return row.id;
  });
}

/** It runs by its new parents from now on, and what an old one held back is looked at again. */
export async function changeParents(ctx: Write, row: store.CheckRow, numbers: readonly string[]): Promise<void> {
  const parentIds = await parentsOf(ctx, numbers);
  const known = await store.lockParents(ctx.db);
  const named = await store.standings(ctx.db, parentIds);
  allow(refuseParents(row.id, parentIds, known, (id) => named.get(id)?.number ?? 'It'));
  await store
    .tables(ctx.db)
    .updateTable('checksCheck')
    .set({ parentIds, changedAt: iso(ctx.now) })
    .where('id', '=', row.id)
    .execute();
  await release(ctx, row.parentIds);
  if (row.stored === 'down' && !row.told) await ctx.enqueue('checks.lookAgain', { checks: [row.id] }, { attempts: 3 });
}
