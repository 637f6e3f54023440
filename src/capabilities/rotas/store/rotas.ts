import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { layerFrom, type Layer } from '../rules/index.ts';
import { tables, type LayerRow } from './tables.ts';

const rotaRows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('rotasRota')
    .innerJoin('record', 'record.id', 'rotasRota.id')
    .select([
      'rotasRota.id',
      'zone',
      'about',
      'calendarId',
      'record.number',
      'record.title',
      'record.teamId',
      'record.version',
      'record.archivedAt',
      'record.openedAt',
      'record.ownerId',
    ])
    .where(visible(actor));

/** What is asked of all rotas is asked of all: more than any desk has. */
export const MOST_ROTAS = 1000;

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

/** Rotas in use that bear one of these names, whatever the case. */
export function rotasNamed(db: Db, actor: Actor, names: readonly string[]) {
  return rotaRows(db, actor)
    .where(sql<SqlBool>`lower(record.title) = any(${names.map((name) => name.toLowerCase())}::text[])`)
    .where('record.archivedAt', 'is', null)
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

export async function endLayer(db: Db, id: string, at: string): Promise<void> {
  await tables(db).updateTable('rotasLayer').set({ untilAt: at }).where('id', '=', id).execute();
}

/** A row as the pure engine reads it. */
export function asLayer(rotaZone: string, row: LayerRow): Layer {
  return layerFrom(rotaZone, { ...row, start: row.startLocal });
}
