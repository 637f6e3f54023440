import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { byNumber, linksOf, type Head } from '#kernel/records/index.ts';
import { allow } from '#kernel/problem.ts';
import { refuseMerge } from '../rules/index.ts';
import { settleCardsOf } from '../store/cards.ts';
import { keepStates } from '../store/history.ts';
import { openNumbers, openRedundancies, putRedundancy, tables } from '../store/index.ts';
import { fillEmpty, moveIdentities, openEdgesOf } from '../store/merging.ts';

/** Makes two components one: what hung on the other hangs on this one from now on, and each keeps its past. */
export async function mergeComponents(ctx: Write, stays: { readonly number: string; readonly version?: number }, goes: string): Promise<void> {
  const heads = async (): Promise<readonly [Head, Head]> => [await byNumber(ctx.db, ctx.actor, stays.number), await byNumber(ctx.db, ctx.actor, goes)];
  const [first, second] = await heads();
  // Both are held before they are looked at: of two merges at a time the second sees what the first has done.
  for (const { id } of [first, second].toSorted((a, b) => (a.id < b.id ? -1 : 1))) await ctx.expect(id, id === first.id ? stays.version : undefined);
  const [keep, drop] = await heads();
  allow(refuseMerge(keep, drop));
  const at = iso(ctx.now);
  const moved = await moveEdges(ctx, keep.id, drop.id);
  for (const { group, minUp, unit } of await openRedundancies(ctx.db, [drop.id])) {
    const own = (await openRedundancies(ctx.db, [keep.id])).some((one) => one.group === group);
    if (!own) await putRedundancy(ctx.db, at, { id: uuidv7(ctx.now), consumerId: keep.id, group, minUp, unit });
    await putRedundancy(ctx.db, at, { id: uuidv7(ctx.now), consumerId: drop.id, group, minUp: null, unit });
  }
  for (const link of await linksOf(ctx.db, ctx.actor, drop.id)) {
    if (link.id === keep.id) continue;
    await (link.outward ? ctx.link(keep.id, link.relation, link.id) : ctx.link(link.id, link.relation, keep.id));
  }
  const sources = await moveIdentities(ctx.db, drop.id, keep.id);
  await fillEmpty(ctx.db, keep.id, drop.id);
  if (keep.teamId === null && drop.teamId !== null) await ctx.amend(keep.id, { teamId: drop.teamId });
  await tables(ctx.db).updateTable('catalogComponent').set({ lifecycle: 'retired', mergedInto: keep.id }).where('id', '=', drop.id).execute();
  await ctx.amend(drop.id, { archivedAt: at });
  await settleCardsOf(ctx.db, drop.id, at);
  await keepStates(ctx.db, [keep.id, drop.id], at);
  const open = await openNumbers(ctx.db, [keep.id, drop.id]);
  await ctx.record({ record: keep.id, did: 'component.merged', data: { other: open.get(drop.id), ...(open.has(drop.id) ? { name: drop.title } : {}), edges: moved, sources } });
  await ctx.record({ record: drop.id, did: 'component.mergedAway', data: { into: open.get(keep.id) } });
}

/** Ends the edges of the one that goes and begins the same at the one that stays, unless it has them already. */
async function moveEdges(ctx: Write, keepId: string, dropId: string): Promise<number> {
  const at = iso(ctx.now);
  let moved = 0;
  for (const edge of await openEdgesOf(ctx.db, dropId)) {
    await tables(ctx.db).updateTable('catalogEdge').set({ endedAt: at }).where('id', '=', edge.id).execute();
    const [providerId, consumerId] = [edge.providerId, edge.consumerId].map((id) => (id === dropId ? keepId : id)) as [string, string];
    if (providerId === consumerId) continue;
    const begun = await tables(ctx.db)
      .insertInto('catalogEdge')
      .values({ ...edge, id: uuidv7(ctx.now), providerId, consumerId, begunAt: at })
      .onConflict((c) => c.columns(['providerId', 'consumerId']).where('endedAt', 'is', null).doNothing())
      .returning('id')
      .executeTakeFirst();
    moved += begun ? 1 : 0;
    const other = edge.providerId === dropId ? edge.consumerId : edge.providerId;
    await ctx.record({ record: other, did: 'edge.changed', data: { merged: true } });
  }
  return moved;
}
