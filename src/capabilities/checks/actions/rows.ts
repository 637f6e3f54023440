import type { Read, Write } from '#kernel/desk.ts';
import { missing } from '#kernel/problem.ts';
import * as store from '../store/index.ts';

export type Seer = Pick<Read | Write, 'db' | 'actor'>;

export async function rowOf({ db, actor }: Seer, number: string): Promise<store.CheckRow> {
  const row = await store.byNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

/** The row as it is once no result or ping is being counted; locked before its record, as those do, so that none waits in a circle. */
export async function lockedRow(ctx: Write, number: string): Promise<store.CheckRow> {
  const row = await rowOf(ctx, number);
  const [locked] = await store.lockAll(ctx.db, [row.id]);
  return { ...row, ...locked };
}
