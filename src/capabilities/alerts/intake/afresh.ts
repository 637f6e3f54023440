import type { Write } from '#kernel/desk.ts';
import * as store from '../store/index.ts';
import { routingOf } from './setting.ts';
import { reconsider } from './staging.ts';
import { wakeInTime } from './waking.ts';

/** What is silent changed (a mute began or ended): every alert that nobody has taken is looked at again. */
export async function afresh(ctx: Write): Promise<void> {
  await store.lockPipeline(ctx.db);
  await reconsider(ctx, await routingOf(ctx.db));
  await wakeInTime(ctx);
}
