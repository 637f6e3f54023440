import { iso, ms } from '#kernel/clock.ts';
import type { Parsed, Ref } from '#kernel/contract.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import type { rotas } from '../contract/index.ts';
import { carriedOver, edited, instantOfLocal } from '../rules/index.ts';
import { refuseLastLayer, refusePeople } from '../rules/plan.ts';
import * as store from '../store/index.ts';
import { type Seer, one, rotaRow } from './shown.ts';

type Layers = Pick<Actions<typeof rotas>, 'addLayer' | 'updateLayer' | 'removeLayer'>;
export type LayerInput = Parsed<(typeof rotas)['verbs']['create']>['layer'];

/** Later than any override that can be planned. */
const LATEST = '2300-01-01T00:00:00.000Z';

export const layerActions: Layers = {
  async addLayer(ctx, { number, version, ...layer }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    const id = await insertLayer(ctx, { rotaId: row.id, zone: row.zone, since: ctx.now }, layer);
    await ctx.record({ record: row.id, did: 'rota.layerAdded', data: { layer: id, name: layer.name } });
    return one(ctx, await rotaRow(ctx, number));
  },

  async updateLayer(ctx, { number, version, layerId, ...layer }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    const before = (await openLayers(ctx, row.id)).find((each) => each.id === layerId);
    if (!before) throw missing('This layer');
    const id = await insertLayer(ctx, { rotaId: row.id, zone: row.zone, since: ctx.now, before }, layer);
    await ctx.record({ record: row.id, did: 'rota.layerChanged', data: { layer: id, before: layerId, name: layer.name } });
    return one(ctx, await rotaRow(ctx, number));
  },

  async removeLayer(ctx, { number, version, layerId }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    const open = await openLayers(ctx, row.id);
    allow(refuseLastLayer(open, layerId));
    if (!open.some((layer) => layer.id === layerId)) throw missing('This layer');
    await store.endLayer(ctx.db, layerId, iso(ctx.now));
    await ctx.record({ record: row.id, did: 'rota.layerRemoved', data: { layer: layerId } });
    return one(ctx, await rotaRow(ctx, number));
  },
};

export async function openLayers({ db, now }: Seer, rotaId: string): Promise<readonly store.LayerRow[]> {
  return (await store.layersOf(db, [rotaId])).filter((layer) => layer.untilAt === null || ms(layer.untilAt) > now);
}

interface Into {
  readonly rotaId: string;
  readonly zone: string;
  /** Null: since ever, so that the past is computed by it too. */
  readonly since: number | null;
  /** The layer whose place it takes. */
  readonly before?: store.LayerRow;
}

/** A layer as it is stored, from what was typed. */
export async function rowOf(ctx: Seer, { rotaId, zone, since }: Into, layer: LayerInput): Promise<store.LayerRow> {
  const clock = layer.zone ?? zone;
  const people = await groupsOf(ctx, layer.people);
  const [from, until] = [layer.from, layer.until].map((local) => (local === undefined ? null : instantOfLocal(clock, local)));
  if (from != null && until != null && until <= from) throw invalidField('until', 'Until is before From.');
  if (until != null && until <= ctx.now) throw invalidField('until', 'This layer would be over already. Give a later Until, or end the layer.');
  const begins = Math.max(since ?? -Infinity, from ?? -Infinity);
  return {
    id: uuidv7(ctx.now),
    rotaId,
    name: layer.name,
    priority: layer.priority,
    kind: layer.kind,
    length: layer.length,
    startLocal: layer.start,
    zone: layer.zone ?? null,
    people,
    hours: layer.hours,
    turns: layer.turns,
    shadow: layer.shadow,
    onHolidays: layer.onHolidays,
    firstTurn: 0,
    fromLocal: layer.from ?? null,
    untilLocal: layer.until ?? null,
    fromAt: begins === -Infinity ? null : iso(begins),
    untilAt: until == null ? null : iso(until),
    createdAt: iso(ctx.now),
  };
}

/** A new layer, or one that takes the place of another: that ends where this begins, so the past stays as it was. */
export async function insertLayer(ctx: Write, into: Into, layer: LayerInput): Promise<string> {
  const row = await rowOf(ctx, into, layer);
  const { before, zone } = into;
  const insert = () =>
    store
      .tables(ctx.db)
      .insertInto('rotasLayer')
      .values({ ...row, people: jsonb(row.people), hours: jsonb(row.hours) })
      .execute();
  if (before) {
    const startMoved = before.startLocal.slice(0, 10) !== layer.start.slice(0, 10);
    const [ended, begun] = edited([store.asLayer(zone, before)], { add: store.asLayer(zone, row), endId: before.id, startMoved }, ctx.now);
    if (!ended || !begun) throw new Error('a layer was changed and is not there');
    row.firstTurn = begun.firstTurn ?? 0;
    const at = ended.until ?? ctx.now;
    await store.endLayer(ctx.db, before.id, iso(at));
    await insert();
    await carryOver(ctx, { rotaId: into.rotaId, from: before.id, to: row.id, at });
  } else await insert();
  return row.id;
}

async function carryOver(ctx: Write, { rotaId, ...moved }: { rotaId: string; from: string; to: string; at: number }): Promise<void> {
  const rows = (await store.overridesOf(ctx.db, [rotaId], { from: iso(moved.at), until: LATEST })).filter((row) => row.layerId === moved.from);
  const { ended, begun } = carriedOver(rows.map(store.asOverride), moved);
  for (const [i, row] of rows.entries()) {
    const [was, goesOn] = [ended[i], begun[i]];
    if (!was || !goesOn) continue;
    const never = was.until <= was.from;
    await store
      .tables(ctx.db)
      .updateTable('rotasOverride')
      .set(never ? { removedAt: iso(ctx.now) } : { untilAt: iso(was.until) })
      .where('id', '=', row.id)
      .execute();
    await store
      .tables(ctx.db)
      .insertInto('rotasOverride')
      .values({ ...row, id: uuidv7(ctx.now), layerId: moved.to, fromAt: iso(goesOn.from) })
      .execute();
  }
}

async function groupsOf(ctx: Seer, groups: LayerInput['people']): Promise<string[][]> {
  const lists = groups.map((group) => (typeof group === 'string' ? [group] : group));
  const refs = new Map<string, Ref>();
  for (const number of new Set(lists.flat())) {
    const ref = await byNumber(ctx.db, ctx.actor, number);
    if (ref.kind !== 'person') throw invalidField('people', `${number} is not a person. Name people, such as PER-1.`);
    refs.set(number, ref);
  }
  const ids = lists.map((group) => group.map((number) => refs.get(number)!.id));
  const refusal = refusePeople(ids);
  if (refusal) throw invalidField('people', refusal);
  return ids;
}
