import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { refusePermission, type Actor } from '#kernel/permissions.ts';
import { allow, forbidden, invalidField } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import { catalog, type Service } from '../contract/index.ts';
import { factsOf } from '../health.ts';
import { refuseChange, refuseRetiring, refuseTier, slugOf } from '../rules/index.ts';
import { given, ownersOf, serviceRow, shown } from '../shown.ts';
import { settleCardsOf } from '../store/cards.ts';
import { keepStates } from '../store/history.ts';
import * as store from '../store/index.ts';
import { serviceWords } from '../words.ts';
import { recordEnded } from './edges.ts';

export const serviceActions: Pick<Actions<typeof catalog>, 'list' | 'get' | 'create' | 'update' | 'retire'> = {
  async list(ctx, { limit, cursor, q, tier, team, lifecycle, tag, sort }) {
    const [atTier, title, id] = keyOf(cursor, 3);
    const teamId = team ? (await byNumber(ctx.db, ctx.actor, team)).id : undefined;
    const after = title !== undefined && id ? { tier: Number(atTier), title, id } : undefined;
    const rows = await store.list(ctx.db, ctx.actor, { q, tiers: tier, teamId, lifecycles: lifecycle, tags: tag, sort, limit: limit + 1, after });
    const items = await shown(ctx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.tier, last.name, last.id]) : null };
  },

  async get(ctx, { number }) {
    const row = await serviceRow(ctx, number);
    const [service] = await shown(ctx, [row]);
    const facts = await factsOf(ctx, [row.id]);
    const closed = writeRefusal(ctx.actor) ?? refuseChange({ ...row, word: 'service' }) ?? null;
    return {
      service: service!,
      facts: [...(facts.get(row.id) ?? [])],
      edges: await store.edgeCounts(ctx.db, ctx.actor, row.id),
      may: { update: closed, addEdge: closed, retire: writeRefusal(ctx.actor) ?? refuseRetiring(ctx.actor, { ...row, word: 'service' }) ?? null },
    };
  },

  async create(ctx, { name, slug, team, lead, links, ...fields }) {
    const owners = await ownersOf(ctx, { team, lead });
    forbid(refuseTier(ctx.actor, { tier: null, teamId: owners.teamId ?? null }, fields.tier));
    const chosen = slug ?? slugOf(name);
    if (chosen === '') throw invalidField('slug', 'The name gives no slug. Write one such as payments-api.');
    await refuseTakenSlug(ctx, chosen, null);
    const { id, number } = await ctx.open({
      kind: 'service',
      title: name,
      words: serviceWords({ ...fields, slug: chosen }),
      ...owners,
      did: 'service.created',
      data: { tier: fields.tier, slug: chosen },
    });
    await store
      .tables(ctx.db)
      .insertInto('catalogService')
      .values({ id, ...fields, slug: chosen, links: jsonb(links) })
      .execute();
    await keepStates(ctx.db, [id], iso(ctx.now));
    return serviceOf(ctx, number);
  },

  async update(ctx, { number, version, name, team, lead, ...fields }) {
    const row = await serviceRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseChange({ ...row, word: 'service' }));
    if (fields.tier !== undefined) forbid(refuseTier(ctx.actor, row, fields.tier));
    if (fields.slug !== undefined && fields.slug !== row.slug) await refuseTakenSlug(ctx, fields.slug, row.id);
    const owners = await ownersOf(ctx, { team, lead });
    const { links, ...columns } = given(fields);
    const changed = [...Object.keys(columns), ...(links ? ['links'] : []), ...(name === undefined ? [] : ['name']), ...Object.keys(owners)];
    if (changed.length === 0) {
      ctx.unchanged();
      return serviceOf(ctx, number);
    }
    const words = serviceWords({ ...row, ...columns });
    await ctx.amend(row.id, { ...owners, ...(name === undefined ? {} : { title: name }), words });
    if (Object.keys(columns).length > 0 || links) {
      await store
        .tables(ctx.db)
        .updateTable('catalogService')
        .set({ ...columns, ...(links ? { links: jsonb(links) } : {}) })
        .where('id', '=', row.id)
        .execute();
    }
    const moved = columns.tier !== undefined && columns.tier !== row.tier ? { tier: { from: row.tier, to: columns.tier } } : {};
    await keepStates(ctx.db, [row.id], iso(ctx.now));
    await ctx.record({ record: row.id, did: 'service.changed', data: { fields: changed, ...moved } });
    return serviceOf(ctx, number);
  },

  async retire(ctx, { number, version }) {
    const row = await serviceRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(row.lifecycle === 'retired' ? refuseRetiring(ctx.actor, { ...row, word: 'service' }) : undefined);
    forbid(refuseRetiring(ctx.actor, { ...row, word: 'service' }));
    await store.tables(ctx.db).updateTable('catalogService').set({ lifecycle: 'retired' }).where('id', '=', row.id).execute();
    await recordEnded(ctx, await store.endEdgesOf(ctx.db, row.id, iso(ctx.now)), row.id);
    await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
    await settleCardsOf(ctx.db, row.id, iso(ctx.now));
    await keepStates(ctx.db, [row.id], iso(ctx.now));
    await ctx.record({ record: row.id, did: 'service.retired' });
    return serviceOf(ctx, number);
  },
};

async function serviceOf(ctx: Read | Write, number: string): Promise<Service> {
  const [service] = await shown(ctx, [await serviceRow(ctx, number)]);
  return service!;
}

async function refuseTakenSlug(ctx: Write, slug: string, ownId: string | null): Promise<void> {
  if (await store.slugTaken(ctx.db, slug, ownId)) throw invalidField('slug', `Another service has the slug ${slug}. Choose a different one.`);
}

export function forbid(refusal: string | undefined): void {
  if (refusal) throw forbidden(refusal);
}

export function writeRefusal(actor: Actor): string | undefined {
  return refusePermission(actor, 'catalog.write', catalog.permissions);
}
