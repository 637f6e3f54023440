import type { Db } from '#kernel/database.ts';

type Verdict = { incidentId: string; changeKey: string; was: boolean; place: number; title: string; personId: string | null; at: string };
const tables = (db: Db) => db.$extendTables<{ incidentsVerdict: Verdict }>();

export function verdictsOf(db: Db, incidentId: string) {
  return tables(db).selectFrom('incidentsVerdict').selectAll().where('incidentId', '=', incidentId).limit(500).execute();
}

export async function judge(db: Db, verdict: Verdict): Promise<void> {
  const { was, place, title, personId, at } = verdict;
  await tables(db)
    .insertInto('incidentsVerdict')
    .values(verdict)
    .onConflict((c) => c.columns(['incidentId', 'changeKey']).doUpdateSet({ was, place, title, personId, at }))
    .execute();
}

export async function takeBack(db: Db, incidentId: string, key: string): Promise<boolean> {
  const gone = await tables(db).deleteFrom('incidentsVerdict').where('incidentId', '=', incidentId).where('changeKey', '=', key).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
