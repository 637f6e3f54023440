import type { Db } from '#kernel/database.ts';
import { jsonb } from '#kernel/database.ts';
import type { RoutingText } from '../rules/options.ts';
import { tables } from './tables.ts';

/** The rules in force; undefined when nobody has set any. */
export function routingNow(db: Db) {
  return tables(db).selectFrom('alertsRouting').select(['version', 'rules', 'at', 'byId']).orderBy('version', 'desc').limit(1).executeTakeFirst();
}

export async function insertRouting(db: Db, row: { readonly version: number; readonly rules: RoutingText; readonly at: string; readonly byId: string | null }): Promise<void> {
  await tables(db)
    .insertInto('alertsRouting')
    .values({ ...row, rules: jsonb(row.rules) })
    .execute();
}
