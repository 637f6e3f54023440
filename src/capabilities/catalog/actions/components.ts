import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { allow } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import type { catalog, Component } from '../contract/index.ts';
import { refuseChange, refuseRetiring } from '../rules/index.ts';
import { componentRow, given, ownersOf, shownComponents } from '../shown.ts';
import { settleCardsOf } from '../store/cards.ts';
import { keepStates } from '../store/history.ts';
import * as store from '../store/index.ts';
import { componentWords } from '../words.ts';
import { recordEnded } from './edges.ts';
import { forbid, writeRefusal } from './services.ts';

export const componentActions: Pick<Actions<typeof catalog>, 'components' | 'component' | 'createComponent' | 'updateComponent' | 'retireComponent'> = {
  async components(ctx, { limit, cursor, q, type, team, lifecycle, tag }) {
    const [title, id] = keyOf(cursor, 2);
    const teamId = team ? (await byNumber(ctx.db, ctx.actor, team)).id : undefined;
    const after = title !== undefined && id ? { title, id } : undefined;
    const rows = await store.componentList(ctx.db, ctx.actor, { q, types: type, teamId, lifecycles: lifecycle, tags: tag, limit: limit + 1, after });
    const items = await shownComponents(ctx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async component(ctx, { number }) {
    const row = await componentRow(ctx, number);
    const closed = writeRefusal(ctx.actor) ?? refuseChange({ ...row, word: 'component' }) ?? null;
    return {
      component: await componentOf(ctx, number),
      edges: await store.edgeCounts(ctx.db, ctx.actor, row.id),
      may: { updateComponent: closed, addEdge: closed, retireComponent: writeRefusal(ctx.actor) ?? refuseRetiring(ctx.actor, { ...row, word: 'component' }) ?? null },
    };
  },

  async createComponent(ctx, { name, team, lead, links, ...fields }) {
    const owners = await ownersOf(ctx, { team, lead });
    const { id, number } = await ctx.open({ kind: 'component', title: name, words: componentWords(fields), ...owners, did: 'component.created', data: { type: fields.type } });
    await store
      .tables(ctx.db)
      .insertInto('catalogComponent')
      .values({ id, ...fields, links: jsonb(links) })
      .execute();
    await keepStates(ctx.db, [id], iso(ctx.now));
    return componentOf(ctx, number);
  },

  async updateComponent(ctx, { number, version, name, team, lead, ...fields }) {
    const row = await componentRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseChange({ ...row, word: 'component' }));
    const owners = await ownersOf(ctx, { team, lead });
    const { links, ...columns } = given(fields);
    const changed = [...Object.keys(columns), ...(links ? ['links'] : []), ...(name === undefined ? [] : ['name']), ...Object.keys(owners)];
    if (changed.length === 0) {
      ctx.unchanged();
      return componentOf(ctx, number);
    }
    const words = componentWords({ ...row, ...columns });
    await ctx.amend(row.id, { ...owners, ...(name === undefined ? {} : { title: name }), words });
    if (Object.keys(columns).length > 0 || links) {
      await store
        .tables(ctx.db)
        .updateTable('catalogComponent')
        .set({ ...columns, ...(links ? { links: jsonb(links) } : {}) })
        .where('id', '=', row.id)
        .execute();
    }
    await keepStates(ctx.db, [row.id], iso(ctx.now));
    await ctx.record({ record: row.id, did: 'component.changed', data: { fields: changed } });
    return componentOf(ctx, number);
  },

  async retireComponent(ctx, { number, version }) {
    const row = await componentRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(row.lifecycle === 'retired' ? refuseRetiring(ctx.actor, { ...row, word: 'component' }) : undefined);
    forbid(refuseRetiring(ctx.actor, { ...row, word: 'component' }));
    await store.tables(ctx.db).updateTable('catalogComponent').set({ lifecycle: 'retired' }).where('id', '=', row.id).execute();
    await recordEnded(ctx, await store.endEdgesOf(ctx.db, row.id, iso(ctx.now)), row.id);
    await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
    await settleCardsOf(ctx.db, row.id, iso(ctx.now));
    await keepStates(ctx.db, [row.id], iso(ctx.now));
    await ctx.record({ record: row.id, did: 'component.retired' });
    return componentOf(ctx, number);
  },
};

async function componentOf(ctx: Read | Write, number: string): Promise<Component> {
  const [component] = await shownComponents(ctx, [await componentRow(ctx, number)]);
  return component!;
}
