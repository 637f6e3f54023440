import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { instantOf } from '#kernel/zoned.ts';
import type { Layer, Override, Rota, Weekday } from '../rules/index.ts';

type LayerTable = {
  id: string;
  rotaId: string;
  name: string;
  priority: number;
  kind: 'hourly' | 'daily' | 'weekly' | 'monthly';
  length: number;
  startLocal: string;
  /** Null: that of the rota. */
  zone: string | null;
  people: string[][];
  hours: { days: Weekday[]; from: string; until: string }[];
  turns: 'kept' | 'calendar';
  shadow: boolean;
  onHolidays: 'as usual' | 'off' | 'only';
  firstTurn: number;
  fromLocal: string | null;
  untilLocal: string | null;
  fromAt: string | null;
  untilAt: string | null;
  createdAt: string;
};
type OverrideTable = {
  id: string;
  rotaId: string;
  layerId: string | null;
  personId: string | null;
  fromLocal: string;
  untilLocal: string;
  fromAt: string;
  untilAt: string;
  note: string;
  createdAt: string;
  createdBy: string | null;
  removedAt: string | null;
};
type Tables = {
  rotasRota: { id: string; zone: string; about: string };
  rotasLayer: LayerTable;
  rotasOverride: OverrideTable;
};
export const tables = (db: Db) => db.$extendTables<Tables>();
export type LayerRow = LayerTable;
export type OverrideRow = OverrideTable;

/** A local time `2026-03-02T09:00` in a zone as an instant; the first of two, the first after a gap. */
export function instantOfLocal(zone: string, local: string): number {
  return instantOf(zone, Date.parse(`${local}:00Z`), 'first');
}

const rotaRows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('rotasRota')
    .innerJoin('record', 'record.id', 'rotasRota.id')
    .select(['rotasRota.id', 'zone', 'about', 'record.number', 'record.title', 'record.teamId', 'record.version', 'record.archivedAt'])
    .where(visible(actor));

export type RotaRow = Awaited<ReturnType<typeof rotas>>[number];

export function rotas(db: Db, actor: Actor, filter: { q?: string | undefined; limit: number; after?: { title: string; id: string } | undefined }) {
  let from = rotaRows(db, actor).where('record.archivedAt', 'is', null);
  if (filter.q) from = from.where('record.title', 'ilike', `%${filter.q}%`);
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function rotaByNumber(db: Db, actor: Actor, number: string) {
  return rotaRows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function rotasByIds(db: Db, actor: Actor, ids: readonly string[]) {
  return rotaRows(db, actor)
    .where(sql<SqlBool>`rotas_rota.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute();
}

/** Layers that were or are in force, in the order in which they win. */
export function layersOf(db: Db, rotaIds: readonly string[]) {
  return tables(db)
    .selectFrom('rotasLayer')
    .selectAll()
    .where(sql<SqlBool>`rota_id = any(${[...rotaIds]}::uuid[])`)
    .orderBy('priority', 'desc')
    .orderBy('createdAt')
    .execute();
}

export function overridesOf(db: Db, rotaIds: readonly string[], window: { from: string; until: string }) {
  return tables(db)
    .selectFrom('rotasOverride')
    .selectAll()
    .where(sql<SqlBool>`rota_id = any(${[...rotaIds]}::uuid[])`)
    .where('removedAt', 'is', null)
    .where('untilAt', '>', window.from)
    .where('fromAt', '<', window.until)
    .orderBy('createdAt')
    .limit(1000)
    .execute();
}

export async function endLayer(db: Db, id: string, at: string): Promise<void> {
  await tables(db).updateTable('rotasLayer').set({ untilAt: at }).where('id', '=', id).execute();
}

/** A row as the pure engine reads it. */
export function asLayer(rotaZone: string, row: LayerRow): Layer {
  const zone = row.zone ?? rotaZone;
  return {
    id: row.id,
    name: row.name,
    priority: row.priority,
    people: row.people,
    hours: row.hours,
    turns: row.turns,
    shadow: row.shadow,
    onHolidays: row.onHolidays,
    firstTurn: row.firstTurn,
    rotation: { type: row.kind, length: row.length, zone, start: instantOfLocal(zone, row.startLocal) },
    from: row.fromAt ? Date.parse(row.fromAt) : null,
    until: row.untilAt ? Date.parse(row.untilAt) : null,
  };
}

export function asRota(zone: string, layers: readonly LayerRow[], overrides: readonly OverrideRow[]): Rota {
  return {
    layers: layers.map((row) => asLayer(zone, row)),
    overrides: overrides.map((row): Override => ({ id: row.id, personId: row.personId, layerId: row.layerId, from: Date.parse(row.fromAt), until: Date.parse(row.untilAt) })),
  };
}
