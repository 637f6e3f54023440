import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Write } from '#kernel/desk.ts';
import { refused } from '#kernel/problem.ts';

type Tables = { metricsReportReader: { personId: string; since: string } };
const tables = (db: Db) => db.$extendTables<Tables>();

/** Ids of those who want the monthly report. */
export async function wantedBy(db: Db): Promise<readonly string[]> {
  return (await tables(db).selectFrom('metricsReportReader').select('personId').orderBy('since').execute()).map((row) => row.personId);
}

export async function setWanted(ctx: Write, wanted: boolean): Promise<void> {
  const { id } = ctx.actor;
  if (id === null || ctx.actor.kind !== 'person') throw refused('You are not a person of this desk, so no report can reach you.');
  const already = (await wantedBy(ctx.db)).includes(id);
  if (already === wanted) {
    ctx.unchanged();
    return;
  }
  if (wanted)
    await tables(ctx.db)
      .insertInto('metricsReportReader')
      .values({ personId: id, since: iso(ctx.now) })
      .execute();
  else await tables(ctx.db).deleteFrom('metricsReportReader').where('personId', '=', id).execute();
  await ctx.record({ record: id, did: wanted ? 'report.wanted' : 'report.unwanted' });
}
