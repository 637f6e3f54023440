import { sql, type SqlBool } from 'kysely';
import { jsonb, type Db, type Json } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';

export type RunState = 'planned' | 'applying' | 'applied' | 'discarded' | 'refused';
export type ImportTables = {
  catalogImport: {
    id: string;
    format: string;
    path: string;
    options: Json;
    owners: Json;
    everyMinutes: number | null;
    applies: 'after a look' | 'by itself';
    archiveAfterDays: number;
    serials: Json;
    readAt: string | null;
    outcome: string;
  };
  catalogRun: {
    id: string;
    importId: string;
    actorId: string | null;
    at: string;
    state: RunState;
    complete: boolean;
    reading: Json;
    findings: Json;
    counts: Json;
    digest: string;
    sentence: string;
    begunAt: string | null;
    endedAt: string | null;
  };
  catalogChange: { runId: string; position: number; op: string; name: string; ref: string; recordId: string | null; because: string; fields: Json };
  catalogIdentity: {
    importId: string;
    ref: string;
    recordId: string;
    said: Json;
    firstSeen: string;
    lastSeen: string;
    staleSince: string | null;
    made: boolean;
    archivedAt: string | null;
  };
};
export const importTables = (db: Db) => db.$extendTables<ImportTables>();

const rows = (db: Db, actor: Actor) =>
  importTables(db)
    .selectFrom('catalogImport')
    .innerJoin('record', 'record.id', 'catalogImport.id')
    .selectAll('catalogImport')
    .select(['record.number', 'record.title', 'record.teamId', 'record.openedAt', 'record.archivedAt', 'record.version'])
    .select([
      sql<number>`(select count(*)::int from catalog_identity i where i.import_id = catalog_import.id)`.as('records'),
      sql<number>`(select count(*)::int from catalog_identity i where i.import_id = catalog_import.id and i.stale_since is not null)`.as('stale'),
    ])
    .select(sql<string | null>`(select max(run.at) from catalog_run run where run.import_id = catalog_import.id)`.as('lastRunAt'))
    .where(visible(actor));
export type ImportRow = Awaited<ReturnType<typeof importList>>[number];

export function importList(db: Db, actor: Actor, filter: { archived: boolean; limit: number; after: { title: string; id: string } | undefined }) {
  let from = rows(db, actor);
  if (!filter.archived) from = from.where('record.archivedAt', 'is', null);
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function importByNumber(db: Db, actor: Actor, number: string) {
  return rows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function importById(db: Db, actor: Actor, id: string) {
  return rows(db, actor).where('catalogImport.id', '=', id).executeTakeFirst();
}

/** Sources with a path whose time to be read has come. A plan that waits for an answer counts as a read, so that it stays while somebody looks at it. */
export async function dueImports(db: Db, now: string): Promise<readonly string[]> {
  const { rows: due } = await sql<{ id: string }>`
    select i.id from catalog_import i join record on record.id = i.id
    where record.visibility = 'everyone' and record.archived_at is null and i.every_minutes is not null and i.path <> ''
      and coalesce(greatest(i.read_at, (select max(r.at) from catalog_run r where r.import_id = i.id)) + make_interval(mins => i.every_minutes) <= ${now}::timestamptz, true)
      and not exists (select 1 from catalog_run r where r.import_id = i.id and r.state = 'applying')`.execute(db);
  return due.map(({ id }) => id);
}

/** Runs that somebody said yes to and that have not ended. */
export async function openRuns(db: Db, importId?: string): Promise<readonly { id: string; importId: string }[]> {
  let from = importTables(db).selectFrom('catalogRun').select(['id', 'importId']).where('state', '=', 'applying');
  if (importId !== undefined) from = from.where('importId', '=', importId);
  return from.execute();
}

/** Whether the same plan waits for a look already. */
export async function isPlanned(db: Db, importId: string, digest: string): Promise<boolean> {
  const row = await importTables(db)
    .selectFrom('catalogRun')
    .select('id')
    .where('importId', '=', importId)
    .where('state', '=', 'planned')
    .where('complete', '=', true)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row !== undefined;
}

export function setRead(db: Db, importId: string, at: string) {
  return importTables(db).updateTable('catalogImport').set({ readAt: at }).where('id', '=', importId).execute();
}

/** What this source calls records that the actor may not see. */
export async function hiddenRefs(db: Db, actor: Actor, importId: string): Promise<readonly string[]> {
  const { rows: hidden } = await sql<{ ref: string }>`
    select i.ref from catalog_identity i join record on record.id = i.record_id
    where i.import_id = ${importId} and record.visibility = 'restricted' and (${visible(actor)}) is not true`.execute(db);
  return hidden.map(({ ref }) => ref);
}

const RUN = ['id', 'importId', 'actorId', 'at', 'state', 'complete', 'counts', 'digest', 'sentence', 'begunAt', 'endedAt'] as const;

export function runsOf(db: Db, importId: string, limit: number) {
  return importTables(db)
    .selectFrom('catalogRun')
    .select([...RUN])
    .where('importId', '=', importId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
export type RunRow = Awaited<ReturnType<typeof runsOf>>[number];

export function runById(db: Db, id: string) {
  return importTables(db).selectFrom('catalogRun').selectAll().where('id', '=', id).executeTakeFirst();
}

export function lockRun(db: Db, id: string) {
  return importTables(db)
    .selectFrom('catalogRun')
    .select([...RUN])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export function setRun(db: Db, id: string, change: Partial<Pick<ImportTables['catalogRun'], 'state' | 'sentence' | 'begunAt' | 'endedAt' | 'actorId'>> & { forget?: true }) {
  const { forget, ...columns } = change;
  return importTables(db)
    .updateTable('catalogRun')
    .set({ ...columns, ...(forget ? { reading: null } : {}) })
    .where('id', '=', id)
    .execute();
}

/** How many records a run that began at this time has come by. */
export async function writtenSince(db: Db, importId: string, begunAt: string): Promise<number> {
  const { rows: found } = await sql<{ n: number }>`select count(*)::int as n from catalog_identity where import_id = ${importId} and last_seen >= ${begunAt}::timestamptz`.execute(
    db,
  );
  return found[0]!.n;
}

/** Plans of the same source that nobody applied give way to a newer one. */
export function discardPlans(db: Db, importId: string, at: string) {
  return importTables(db)
    .updateTable('catalogRun')
    .set({ state: 'discarded', endedAt: at, reading: null })
    .where('importId', '=', importId)
    .where('state', '=', 'planned')
    .execute();
}

export function changesOf(db: Db, runId: string, page: { after: number; limit: number; op: readonly string[] | undefined }) {
  let from = importTables(db).selectFrom('catalogChange').selectAll().where('runId', '=', runId).where('position', '>', page.after);
  if (page.op?.length) from = from.where('op', 'in', page.op);
  return from.orderBy('position').limit(page.limit).execute();
}

export interface NewChange {
  readonly op: string;
  readonly name: string;
  readonly ref: string;
  readonly recordId: string | null;
  readonly because: string;
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
}

export async function insertRun(db: Db, run: Omit<ImportTables['catalogRun'], 'begunAt'>, changes: readonly NewChange[]): Promise<void> {
  await importTables(db)
    .insertInto('catalogRun')
    .values({ ...run, begunAt: null, reading: run.reading === null ? null : jsonb(run.reading), findings: jsonb(run.findings), counts: jsonb(run.counts) })
    .execute();
  for (let from = 0; from < changes.length; from += 2000) {
    const part = changes.slice(from, from + 2000).map((change, i) => ({ ...change, record_id: change.recordId, position: from + i }));
    await sql`
      insert into catalog_change (run_id, position, op, name, ref, record_id, because, fields)
      select ${run.id}, position, op, name, ref, record_id, because, fields
      from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as x(position int, op text, name text, ref text, record_id uuid, because text, fields jsonb)`.execute(db);
  }
}
