import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import * as store from '../store/index.ts';
import { routingOf } from './setting.ts';
import { reconsider, Staging } from './staging.ts';

/** Resolves alerts by hand (`by` a person) or because they stayed calm (null: the sender said so). Groups, pages and what they explained follow. */
export async function resolveAlerts(ctx: Write, ids: readonly string[], by: string | null): Promise<void> {
  if (ids.length === 0) return;
  const resolved = await store.resolveOpen(ctx.db, { ids, at: iso(ctx.now), by });
  if (resolved.length === 0) return;
  await ctx.recordMany(resolved.map(({ id }) => ({ record: id, did: 'alert.resolved', data: { by: by === null ? 'source' : 'person' } })));
  const routing = await routingOf(ctx.db);
  const staging = new Staging(ctx, routing);
  await staging.groups.load([], [...new Set(resolved.flatMap(({ groupId }) => groupId ?? []))]);
  for (const { groupId } of resolved) staging.groups.leave(groupId ?? '');
  await staging.close();
  if (
    await store.holdsOthers(
      ctx.db,
      resolved.map(({ id }) => id),
    )
  )
    await reconsider(ctx, routing);
}
