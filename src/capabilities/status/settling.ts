import { checksNowOf } from '#capabilities/checks/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { shownState, speaks, type ComponentState } from './rules/index.ts';
import * as store from './store/index.ts';

/** Changes that come together are pushed together. */
const PUSH_AFTER_MS = 5000;
const FOREVER = '1970-01-01T00:00:00Z';

/** What posts that speak say of each component now, and which are under maintenance. */
async function saidNow(db: Read['db'], pageId: string): Promise<{ readonly said: ReadonlyMap<string, readonly ComponentState[]>; readonly planned: ReadonlySet<string> }> {
  const open = (await store.shownPosts(db, [pageId], '9999-01-01T00:00:00Z')).filter(({ phase }) => phase !== null && speaks(phase));
  const updates: readonly store.UpdateRow[] = await store.updatesOf(
    db,
    open.map(({ id }) => id),
  );
  const said = new Map<string, ComponentState[]>();
  const planned = new Set<string>();
  for (const post of open) {
    const newest = updates.find(({ postId, sentAt }) => postId === post.id && sentAt !== null);
    for (const { component, state } of newest?.states ?? []) {
      if (post.kind === 'maintenance') planned.add(component);
      else said.set(component, [...(said.get(component) ?? []), state]);
    }
  }
  return { said, planned };
}

/**
 * Brings what outsiders see of a page up to date, in the transaction of whatever changed: components turn, the page
 * gets a new stamp, and its copy elsewhere is pushed soon. One writer at a time.
 */
export async function settlePage(ctx: Write, pageId: string): Promise<void> {
  await store.lockPage(ctx.db, pageId);
  const components = await store.componentsOf(ctx.db, [pageId]);
  const { said, planned } = await saidNow(ctx.db, pageId);
  const checks = await checksNowOf(
    ctx,
    components.flatMap(({ followsChecks, sourceId }) => (followsChecks && sourceId ? [sourceId] : [])),
  );
  for (const row of components) {
    const shown = shownState({
      byHand: row.byHand,
      posts: said.get(row.id) ?? [],
      inMaintenance: planned.has(row.id),
      checks: row.followsChecks ? (checks.get(row.sourceId ?? '') ?? []) : [],
    });
    if (shown !== row.shown) await store.turn(ctx.db, row.id, shown, ctx.now);
  }
  await store.raiseStamp(ctx.db, pageId);
  const page = await store.pageById(ctx.db, pageId);
  if (page?.push && page.published) await ctx.enqueue('status.push', { page: pageId }, { key: `status:push:${pageId}`, runAt: ctx.now + PUSH_AFTER_MS });
}

/** The pages on which one of these records is shown. */
export async function settleFor(ctx: Write, sourceIds: readonly string[]): Promise<void> {
  const pages = new Set((await store.componentsFor(ctx.db, sourceIds)).map(({ pageId }) => pageId));
  for (const id of pages) await settlePage(ctx, id);
}

export async function turnsSince(db: Read['db'], ids: readonly string[], from: number): Promise<ReadonlyMap<string, readonly { at: number; state: ComponentState }[]>> {
  const rows = ids.length === 0 ? [] : await store.turnsOf(db, ids, from <= 0 ? FOREVER : iso(from));
  return new Map([...Map.groupBy(rows, ({ componentId }) => componentId)].map(([id, some]) => [id, some.map(({ at, state }) => ({ at: Date.parse(at), state }))]));
}
