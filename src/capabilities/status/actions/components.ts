import { iso } from '#kernel/clock.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { invalidField, missing } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import type { status } from '../contract/index.ts';
import { settlePage } from '../settling.ts';
import { pageRowOf, shownComponents } from '../shown.ts';
import * as store from '../store/index.ts';

type Components = Pick<Actions<typeof status>, 'addComponent' | 'changeComponent' | 'orderComponents' | 'removeComponent'>;

export const componentActions: Components = {
  async addComponent(ctx, { number, version, name, source, about, group, published, followsChecks }) {
    const page = await pageRowOf(ctx, number);
    await ctx.expect(page.id, version);
    const sourceId = source === undefined ? null : await sourceOf(ctx, source);
    if (followsChecks && sourceId === null) throw invalidField('followsChecks', 'Only a service of the catalog has checks to follow.');
    const all = await store.componentsOf(ctx.db, [page.id]);
    const id = uuidv7(ctx.now);
    const at = iso(ctx.now);
    await store
      .tables(ctx.db)
      .insertInto('statusComponent')
      .values({
        id,
        pageId: page.id,
        sourceId,
        name,
        about,
        groupName: group,
        position: (all.at(-1)?.position ?? 0) + 1,
        published,
        followsChecks,
        byHand: 'operational',
        shown: 'operational',
        since: at,
        madeAt: at,
        removedAt: null,
      })
      .execute();
    await store.addTurn(ctx.db, { componentId: id, at, state: 'operational' });
    return changed(ctx, page.id, id);
  },

  async changeComponent(ctx, { number, id, version, group, ...changes }) {
    const page = await pageRowOf(ctx, number);
    await ctx.expect(page.id, version);
    const row = await componentOf(ctx, page.id, id);
    if (changes.followsChecks && row.sourceId === null) throw invalidField('followsChecks', 'Only a service of the catalog has checks to follow.');
    const set = Object.fromEntries(Object.entries({ groupName: group, ...changes }).filter(([, value]) => value !== undefined));
    if (Object.keys(set).length > 0) await store.tables(ctx.db).updateTable('statusComponent').set(set).where('id', '=', id).execute();
    return changed(ctx, page.id, id);
  },

  async orderComponents(ctx, { number, version, ids }) {
    const page = await pageRowOf(ctx, number);
    await ctx.expect(page.id, version);
    const all = await store.componentsOf(ctx.db, [page.id]);
    const strange = ids.find((id) => !all.some((row) => row.id === id));
    if (strange !== undefined) throw missing('A component of this order');
    const order = [...new Set([...ids, ...all.map(({ id }) => id)])];
    for (const [place, id] of order.entries())
      await store
        .tables(ctx.db)
        .updateTable('statusComponent')
        .set({ position: place + 1 })
        .where('id', '=', id)
        .execute();
    await ctx.record({ record: page.id, did: 'statuspage.changed' });
    await settlePage(ctx, page.id);
    return { components: await shownComponents(ctx, await store.componentsOf(ctx.db, [page.id])) };
  },

  async removeComponent(ctx, { number, id, version }) {
    const page = await pageRowOf(ctx, number);
    await ctx.expect(page.id, version);
    await componentOf(ctx, page.id, id);
    await store
      .tables(ctx.db)
      .updateTable('statusComponent')
      .set({ removedAt: iso(ctx.now) })
      .where('id', '=', id)
      .execute();
    await ctx.record({ record: page.id, did: 'statuspage.changed' });
    await settlePage(ctx, page.id);
    return { number };
  },
};

async function componentOf({ db }: Write, pageId: string, id: string): Promise<store.ComponentRow> {
  const row = (await store.componentsOf(db, [pageId])).find((one) => one.id === id);
  if (!row) throw missing('This component');
  return row;
}

/** What not everybody of the desk may see is named to nobody outside. */
async function sourceOf(ctx: Write, number: string): Promise<string> {
  const record = await byNumber(ctx.db, ctx.actor, number);
  if (record.archivedAt) throw invalidField('source', `${record.title} is retired.`);
  if (!(await store.openSources(ctx.db, [record.id])).has(record.id)) throw invalidField('source', `${number} is restricted, so it cannot be shown to outsiders.`);
  return record.id;
}

async function changed(ctx: Write, pageId: string, id: string) {
  await ctx.record({ record: pageId, did: 'statuspage.changed' });
  await settlePage(ctx, pageId);
  const [shown] = await shownComponents(ctx, [await componentOf(ctx, pageId, id)]);
  if (!shown) throw missing('This component');
  return shown;
}
