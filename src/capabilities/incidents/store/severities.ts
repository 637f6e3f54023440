import type { Db } from '#kernel/database.ts';
import type { Severity } from '../contract/shapes.ts';

type Definition = { severity: Severity; means: string; examples: string; writtenBy: string | null; at: string };
const tables = (db: Db) => db.$extendTables<{ incidentsSeverity: Definition }>();

export function severities(db: Db) {
  return tables(db).selectFrom('incidentsSeverity').selectAll().execute();
}

export async function define(db: Db, { severity, ...written }: Definition): Promise<void> {
  await tables(db)
    .insertInto('incidentsSeverity')
    .values({ severity, ...written })
    .onConflict((c) => c.column('severity').doUpdateSet(written))
    .execute();
}

export async function forget(db: Db, severity: Severity): Promise<boolean> {
  const gone = await tables(db).deleteFrom('incidentsSeverity').where('severity', '=', severity).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
