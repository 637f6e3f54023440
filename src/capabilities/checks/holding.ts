import type { Db } from '#kernel/database.ts';
import type { Write } from '#kernel/desk.ts';
import { maintainedAt } from './labels.ts';
import { holdsOthers, type Hold, type Stored } from './rules/index.ts';
import * as store from './store/index.ts';

type Row = Pick<store.StoredCheck, 'id' | 'parentIds'>;
type Standing = { readonly stored: Stored; readonly retired: boolean };

/** What holds checks back that are down; asked with how the others stand in this transaction already. */
export async function holdsOf(db: Db, now: number, rows: readonly Row[]): Promise<(row: Row, current?: ReadonlyMap<string, store.StoredCheck>) => Hold | null> {
  const parents = await store.standings(
    db,
    rows.flatMap(({ parentIds }) => parentIds),
  );
  const maintained = await maintainedAt(
    db,
    now,
    rows.map(({ id }) => id),
  );
  return ({ id, parentIds }, current) => {
    for (const parent of parentIds.flatMap((each) => parents.get(each) ?? [])) {
      const changed = current?.get(parent.id);
      const is: Standing = changed ? { stored: changed.stored, retired: changed.retiredAt !== null } : parent;
      if (holdsOthers(is)) return { why: 'parent', id: parent.id, number: parent.number };
    }
    const muted = maintained.get(id);
    return muted ? { why: 'maintenance', number: muted.mute.number, title: muted.mute.title, until: muted.until } : null;
  };
}

/** Looks again at what was held back by checks that hold nothing back any more; of none named, by maintenance. */
export async function release(ctx: Write, parents?: readonly string[]): Promise<void> {
  if (parents?.length === 0) return;
  const checks = await store.heldBack(ctx.db, parents);
  if (checks.length > 0) await ctx.enqueue('checks.lookAgain', { checks }, { attempts: 3 });
}
