import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Stored } from '../rules/index.ts';
import { probes, tables } from './checks.ts';

export interface ParentRow {
  readonly id: string;
  readonly number: string;
  readonly stored: Stored;
  readonly retired: boolean;
}

/** How the checks stand that others depend on. */
export async function standings(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ParentRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tables(db)
    .selectFrom('checksCheck')
    .innerJoin('record', 'record.id', 'checksCheck.id')
    .select(['record.id', 'record.number', 'stored', 'retiredAt'])
    .where(sql<SqlBool>`record.id = any(${[...ids]}::uuid[])`)
    .where(visible(SYSTEM))
    .execute();
  return new Map(rows.map(({ id, number, stored, retiredAt }) => [id, { id, number, stored, retired: retiredAt !== null }]));
}

/** Who depends on whom, of all checks; until the end of the transaction nobody else changes it. */
export async function lockParents(db: Db): Promise<ReadonlyMap<string, readonly string[]>> {
  await sql`select pg_advisory_xact_lock(hashtext('checks parents'))`.execute(db);
  const rows = await tables(db)
    .selectFrom('checksCheck')
    .select(['id', 'parentIds'])
    .where(sql<SqlBool>`parent_ids <> '{}'`)
    .execute();
  return new Map(rows.map(({ id, parentIds }) => [id, parentIds]));
}

/** Checks that are down without anybody having been told; of `parents`, only those that depend on one of them. */
export async function heldBack(db: Db, parents?: readonly string[]): Promise<readonly string[]> {
  let from = tables(db).selectFrom('checksCheck').select('id').where('stored', '=', 'down').where('told', '=', false).where('retiredAt', 'is', null);
  if (parents) from = from.where(sql<SqlBool>`parent_ids && ${[...parents]}::uuid[]`);
  return (await from.execute()).map(({ id }) => id);
}

/** The probes among checks that are held back. */
export function heldProbes(db: Db, ids: readonly string[]) {
  return probes(db)
    .where(sql<SqlBool>`id = any(${[...ids]}::uuid[])`)
    .where('stored', '=', 'down')
    .where('told', '=', false)
    .where('retiredAt', 'is', null)
    .execute();
}
