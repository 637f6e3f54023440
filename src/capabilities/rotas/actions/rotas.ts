import { iso, ms } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import { isZone } from '#kernel/zoned.ts';
import { rotas } from '../contract.ts';
import { refuseLastLayer, refuseOverride, refusePeople } from '../rules/plan.ts';
import * as store from '../store.ts';
import { usersOf } from '../users.ts';
import { known, overrideOf, rotaRow, type Seer } from './calendar.ts';

type Rotas = Pick<Actions<typeof rotas>, 'list' | 'get' | 'create' | 'update' | 'addLayer' | 'updateLayer' | 'removeLayer' | 'override' | 'removeOverride' | 'retire'>;

interface LayerInput {
  readonly name: string;
  readonly priority: number;
  readonly kind: 'hourly' | 'daily' | 'weekly' | 'monthly';
  readonly length: number;
  readonly start: string;
  readonly people: readonly string[];
}

export const rotaActions: Rotas = {
  async list({ db, actor, now }, { q, limit, cursor }) {
    const [title, id] = keyOf(cursor, 2);
    const rows = await store.rotas(db, actor, { q, limit: limit + 1, after: title !== undefined && id ? { title, id } : undefined });
    const items = await shown({ db, actor, now }, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async get(ctx, { number }) {
    const row = await rotaRow(ctx, number);
    const policies = await usersOf(ctx, row.id);
    const plan = refusePermission(ctx.actor, 'rotas.plan', rotas.permissions) ?? null;
    return {
      rota: await one(ctx, row),
      policies,
      may: { update: plan, override: refusePermission(ctx.actor, 'rotas.override', rotas.permissions) ?? null, retire: plan ?? refuseRetiring(row, policies) ?? null },
    };
  },

  async create(ctx, { name, about, zone, team, layer }) {
    if (!isZone(zone)) throw invalidField('zone', `${zone} is not a time zone. Name one such as Europe/Berlin.`);
    const teamId = team ? (await byNumber(ctx.db, ctx.actor, team)).id : null;
    const { id, number } = await ctx.open({ kind: 'rota', title: name, words: about, teamId, did: 'rota.created' });
    await store.tables(ctx.db).insertInto('rotasRota').values({ id, zone, about }).execute();
    await insertLayer(ctx, { rotaId: id, zone, fromAt: null }, layer);
    return one(ctx, await rotaRow(ctx, number));
  },

  async update(ctx, { number, version, name, about, team }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    const teamId = team ? (await byNumber(ctx.db, ctx.actor, team)).id : null;
    await ctx.amend(row.id, { ...(name ? { title: name } : {}), ...(team !== undefined ? { teamId } : {}) });
    if (about !== undefined) await store.tables(ctx.db).updateTable('rotasRota').set({ about }).where('id', '=', row.id).execute();
    await ctx.record({ record: row.id, did: 'rota.changed' });
    return one(ctx, await rotaRow(ctx, number));
  },

  async addLayer(ctx, { number, version, ...layer }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    const id = await insertLayer(ctx, { rotaId: row.id, zone: row.zone, fromAt: iso(ctx.now) }, layer);
    await ctx.record({ record: row.id, did: 'rota.layerAdded', data: { layer: id, name: layer.name } });
    return one(ctx, await rotaRow(ctx, number));
  },

  async updateLayer(ctx, { number, version, layerId, ...layer }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    await endLayer(ctx, row.id, layerId);
    const id = await insertLayer(ctx, { rotaId: row.id, zone: row.zone, fromAt: iso(ctx.now) }, layer);
    await store.tables(ctx.db).updateTable('rotasOverride').set({ layerId: id }).where('layerId', '=', layerId).where('untilAt', '>', iso(ctx.now)).execute();
    await ctx.record({ record: row.id, did: 'rota.layerChanged', data: { layer: id, before: layerId, name: layer.name } });
    return one(ctx, await rotaRow(ctx, number));
  },

  async removeLayer(ctx, { number, version, layerId }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseLastLayer(await openLayers(ctx, row.id), layerId));
    await endLayer(ctx, row.id, layerId);
    await ctx.record({ record: row.id, did: 'rota.layerRemoved', data: { layer: layerId } });
    return one(ctx, await rotaRow(ctx, number));
  },

  async override(ctx, { number, person, from, until, layerId, note }) {
    const row = await rotaRow(ctx, number);
    const [fromAt, untilAt] = [store.instantOfLocal(row.zone, from), store.instantOfLocal(row.zone, until)];
    const refusal = refuseOverride(fromAt, untilAt, ctx.now);
    if (refusal) throw invalidField('until', refusal);
    if (layerId && !(await openLayers(ctx, row.id)).some((layer) => layer.id === layerId)) throw invalidField('layerId', 'This layer is not part of the rota.');
    const personId = person ? (await byNumber(ctx.db, ctx.actor, person)).id : null;
    const override = {
      id: uuidv7(ctx.now),
      rotaId: row.id,
      layerId,
      personId,
      fromLocal: from,
      untilLocal: until,
      fromAt: iso(fromAt),
      untilAt: iso(untilAt),
      note,
      createdAt: iso(ctx.now),
      createdBy: ctx.actor.id,
      removedAt: null,
    };
    await store.tables(ctx.db).insertInto('rotasOverride').values(override).execute();
    await ctx.record({ record: row.id, did: 'rota.overridden', data: { override: override.id, person: personId, from: override.fromAt, until: override.untilAt } });
    return overrideOf(override, await refsOf(ctx.db, ctx.actor, [personId]));
  },

  async removeOverride(ctx, { number, overrideId }) {
    const row = await rotaRow(ctx, number);
    const gone = await store
      .tables(ctx.db)
      .updateTable('rotasOverride')
      .set({ removedAt: iso(ctx.now) })
      .where('id', '=', overrideId)
      .where('rotaId', '=', row.id)
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    if (gone.numUpdatedRows === 0n) throw missing('This override');
    await ctx.record({ record: row.id, did: 'rota.overrideRemoved', data: { override: overrideId } });
    return one(ctx, await rotaRow(ctx, number));
  },

  async retire(ctx, { number, version }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseRetiring(row, await usersOf(ctx, row.id)));
    await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
    await ctx.record({ record: row.id, did: 'rota.retired' });
    return one(ctx, await rotaRow(ctx, number));
  },
};

function refuseRetiring(row: store.RotaRow, policies: readonly Ref[]): string | undefined {
  if (row.archivedAt) return 'This rota is retired already.';
  return policies.length > 0 ? `${policies.map((p) => p.title).join(', ')} still pages this rota. Take it out there first.` : undefined;
}

async function openLayers({ db, now }: Seer, rotaId: string): Promise<readonly store.LayerRow[]> {
  return (await store.layersOf(db, [rotaId])).filter((layer) => layer.untilAt === null || ms(layer.untilAt) > now);
}

async function insertLayer(ctx: Write, to: { rotaId: string; zone: string; fromAt: string | null }, layer: LayerInput): Promise<string> {
  const refs = await Promise.all(layer.people.map((number) => byNumber(ctx.db, ctx.actor, number)));
  const refusal = refusePeople(refs.map((ref) => ref.id));
  if (refusal) throw invalidField('people', refusal);
  const id = uuidv7(ctx.now);
  await store
    .tables(ctx.db)
    .insertInto('rotasLayer')
    .values({
      id,
      rotaId: to.rotaId,
      name: layer.name,
      priority: layer.priority,
      kind: layer.kind,
      length: layer.length,
      startLocal: layer.start,
      people: refs.map((ref) => ref.id),
      fromAt: to.fromAt,
      untilAt: null,
      createdAt: iso(ctx.now),
    })
    .execute();
  return id;
}

async function endLayer(ctx: Write, rotaId: string, layerId: string): Promise<void> {
  const gone = await store
    .tables(ctx.db)
    .updateTable('rotasLayer')
    .set({ untilAt: iso(ctx.now) })
    .where('id', '=', layerId)
    .where('rotaId', '=', rotaId)
    .where('untilAt', 'is', null)
    .executeTakeFirst();
  if (gone.numUpdatedRows === 0n) throw missing('This layer');
}

async function one(ctx: Seer, row: store.RotaRow) {
  const [rota] = await shown(ctx, [row]);
  if (!rota) throw missing(row.number);
  return rota;
}

async function shown({ db, actor, now }: Seer, rows: readonly store.RotaRow[]) {
  const layers =
    rows.length > 0
      ? (
          await store.layersOf(
            db,
            rows.map((r) => r.id),
          )
        ).filter((l) => l.untilAt === null || ms(l.untilAt) > now)
      : [];
  const refs = await refsOf(db, actor, [...layers.flatMap((l) => l.people), ...rows.map((r) => r.teamId)]);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.title,
    about: row.about,
    zone: row.zone,
    team: refs.get(row.teamId ?? '') ?? null,
    version: row.version,
    layers: layers
      .filter((l) => l.rotaId === row.id)
      .map((l) => ({ id: l.id, name: l.name, priority: l.priority, kind: l.kind, length: l.length, start: l.startLocal, people: known(refs, l.people) })),
  }));
}
