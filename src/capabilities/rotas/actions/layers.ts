import { iso, ms } from '#kernel/clock.ts';
import type { Parsed, Ref } from '#kernel/contract.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import type { rotas } from '../contract/index.ts';
import { firstTurnAfter } from '../rules/editing.ts';
import { refuseLastLayer, refusePeople } from '../rules/plan.ts';
import * as store from '../store/index.ts';
import { rotaRow, type Seer } from './calendar.ts';
import { one } from './shown.ts';

type Layers = Pick<Actions<typeof rotas>, 'addLayer' | 'updateLayer' | 'removeLayer'>;
export type LayerInput = Parsed<(typeof rotas)['verbs']['create']>['layer'];

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
    await store.tables(ctx.db).updateTable('rotasOverride').set({ layerId: id }).where('layerId', '=', layerId).where('untilAt', '>', iso(ctx.now)).execute();
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

/** A new layer, or one that takes the place of another: that ends where this begins, so the past stays as it was. */
export async function insertLayer(ctx: Write, { rotaId, zone, since, before }: Into, layer: LayerInput): Promise<string> {
  const clock = layer.zone ?? zone;
  const people = await groupsOf(ctx, layer.people);
  const [from, until] = [layer.from, layer.until].map((local) => (local === undefined ? null : store.instantOfLocal(clock, local)));
  if (from != null && until != null && until <= from) throw invalidField('until', 'Until is before From.');
  if (until != null && until <= ctx.now) throw invalidField('until', 'This layer would be over already. Give a later Until, or end the layer.');
  const id = uuidv7(ctx.now);
  const begins = Math.max(since ?? -Infinity, from ?? -Infinity);
  const row: store.LayerRow = {
    id,
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
  if (before) {
    const started = before.fromAt === null || ms(before.fromAt) <= ctx.now;
    const at = started ? begins : ctx.now;
    const moved = before.startLocal.slice(0, 10) !== layer.start.slice(0, 10);
    row.firstTurn = firstTurnAfter(store.asLayer(zone, before), store.asLayer(zone, row), at, moved);
    await store.endLayer(ctx.db, before.id, iso(at));
  }
  await store
    .tables(ctx.db)
    .insertInto('rotasLayer')
    .values({ ...row, people: jsonb(row.people), hours: jsonb(row.hours) })
    .execute();
  return id;
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
