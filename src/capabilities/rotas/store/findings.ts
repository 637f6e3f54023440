import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables } from './tables.ts';

const MOST = 2000;

/** What was found of these rotas and is still so. */
export function openFindings(db: Db, rotaIds: readonly string[]) {
  return tables(db)
    .selectFrom('rotasFinding')
    .selectAll()
    .where(sql<SqlBool>`rota_id = any(${[...rotaIds]}::uuid[])`)
    .where('overAt', 'is', null)
    .orderBy('fromAt')
    .limit(MOST)
    .execute();
}

/** Open findings of rotas the viewer may see, the next first. */
export function findingsSeen(db: Db, actor: Actor, what: { rotaId: string | undefined; limit: number; after: { at: string; id: string } | undefined }) {
  let from = tables(db)
    .selectFrom('rotasFinding')
    .innerJoin('record', 'record.id', 'rotasFinding.rotaId')
    .selectAll('rotasFinding')
    .where(visible(actor))
    .where('record.archivedAt', 'is', null)
    .where('overAt', 'is', null);
  if (what.rotaId) from = from.where('rotaId', '=', what.rotaId);
  if (what.after) from = from.where(sql<SqlBool>`(rotas_finding.from_at, rotas_finding.id) > (${what.after.at}::timestamptz, ${what.after.id}::uuid)`);
  return from.orderBy('rotasFinding.fromAt').orderBy('rotasFinding.id').limit(what.limit).execute();
}

export function confirmationsOf(db: Db, rotaIds: readonly string[], since: string) {
  return tables(db)
    .selectFrom('rotasHandover')
    .selectAll()
    .where(sql<SqlBool>`rota_id = any(${[...rotaIds]}::uuid[])`)
    .where('at', '>=', since)
    .limit(MOST)
    .execute();
}
