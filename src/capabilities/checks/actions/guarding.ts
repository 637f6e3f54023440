import { iso } from '#kernel/clock.ts';
import type { Actions, Read } from '#kernel/desk.ts';
import * as z from 'zod';
import { GuardTarget, type checks } from '../contract/index.ts';
import { forgetAnswer } from '../guard.ts';
import * as store from '../store/index.ts';

async function guardOf({ db }: Pick<Read, 'db'>) {
  const since = await store.blindSince(db);
  return { targets: z.array(GuardTarget).parse((await store.guardTargets(db)) ?? []), blindSince: since === null ? null : iso(since) };
}

/** What is asked before a failure is believed. */
export const guardActions: Pick<Actions<typeof checks>, 'guard' | 'setGuard'> = {
  guard: guardOf,

  async setGuard(ctx, { targets }) {
    const before = await guardOf(ctx);
    if (JSON.stringify(before.targets) === JSON.stringify(targets)) {
      ctx.unchanged();
      return before;
    }
    await store.setGuard(ctx.db, targets, ctx.now);
    await ctx.record({ record: null, did: 'checks.guardChanged', data: { targets: targets.length } });
    forgetAnswer(ctx.desk);
    return guardOf(ctx);
  },
};
