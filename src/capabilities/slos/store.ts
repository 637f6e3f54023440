import { sql, type Selectable, type SqlBool } from 'kysely';
import { iso, ms } from '#kernel/clock.ts';
import type { Db, Json } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { nothing, type BurnSeverity, type Count, type SloState, type WindowDays } from './rules/index.ts';

type SloTable = {
  id: string;
  serviceId: string;
  summary: string;
  objective: number;
  windowDays: WindowDays;
  source: 'time' | 'results' | 'prometheus';
  checkIds: readonly string[];
  config: Json;
  origin: 'typed' | 'trusted';
  countedUntil: string | null;
  state: SloState;
  sentence: string;
  trouble: string | null;
  retiredAt: string | null;
};
type Tables = {
  slosSlo: SloTable;
  slosMinute: { sloId: string; at: string; good: number; bad: number };
  slosHour: { sloId: string; at: string; good: number; bad: number };
  slosBurn: { sloId: string; rule: string; severity: BurnSeverity; since: string; until: string | null };
};
export const tables = (db: Db) => db.$extendTables<Tables>();
export type StoredSlo = Selectable<SloTable>;

const rows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('slosSlo')
    .innerJoin('record', 'record.id', 'slosSlo.id')
    .selectAll('slosSlo')
    .select(['record.number', 'record.title', 'record.openedAt', 'record.version'])
    .where(visible(actor));
export type SloRow = Awaited<ReturnType<typeof list>>[number];

export interface SloFilter {
  readonly q: string | undefined;
  readonly states: readonly SloState[] | undefined;
  readonly serviceId: string | undefined;
  readonly limit: number;
  readonly after: { readonly title: string; readonly id: string } | undefined;
}

export function list(db: Db, actor: Actor, { q, states, serviceId, limit, after }: SloFilter) {
  let from = rows(db, actor).where('retiredAt', 'is', null);
  if (q) from = from.where('record.title', 'ilike', `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
  if (states) from = from.where('state', 'in', [...states]);
  if (serviceId) from = from.where('serviceId', '=', serviceId);
  if (after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${after.title}, ${after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(limit).execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return rows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function byId(db: Db, id: string) {
  return rows(db, SYSTEM).where('slosSlo.id', '=', id).executeTakeFirst();
}

export function ofServices(db: Db, actor: Actor, serviceIds: readonly string[]) {
  return rows(db, actor)
    .where(sql<SqlBool>`service_id = any(${[...serviceIds]}::uuid[])`)
    .where('retiredAt', 'is', null)
    .execute();
}

export async function running(db: Db): Promise<readonly string[]> {
  return (await tables(db).selectFrom('slosSlo').select('id').where('retiredAt', 'is', null).orderBy('id').execute()).map(({ id }) => id);
}

export function lock(db: Db, id: string) {
  return tables(db).selectFrom('slosSlo').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Adds counts to what is there; steps by their start in epoch ms. */
export async function add(db: Db, sloId: string, { minutes, hours }: { readonly minutes: ReadonlyMap<number, Count>; readonly hours: ReadonlyMap<number, Count> }): Promise<void> {
  const of = (steps: ReadonlyMap<number, Count>) => {
    const all = [...steps];
    return sql`select ${sloId}::uuid, * from unnest(${all.map(([at]) => iso(at))}::timestamptz[], ${all.map(([, { good }]) => good)}::double precision[], ${all.map(([, { bad }]) => bad)}::double precision[])`;
  };
  if (minutes.size > 0) {
    await sql`insert into slos_minute (slo_id, at, good, bad) ${of(minutes)}
      on conflict (slo_id, at) do update set good = slos_minute.good + excluded.good, bad = slos_minute.bad + excluded.bad`.execute(db);
  }
  if (hours.size > 0) {
    await sql`insert into slos_hour (slo_id, at, good, bad) ${of(hours)}
      on conflict (slo_id, at) do update set good = slos_hour.good + excluded.good, bad = slos_hour.bad + excluded.bad`.execute(db);
  }
}

export async function forget(db: Db, sloId: string): Promise<void> {
  await tables(db).deleteFrom('slosMinute').where('sloId', '=', sloId).execute();
  await tables(db).deleteFrom('slosHour').where('sloId', '=', sloId).execute();
}

/** Hours of one SLO since an instant, oldest first. */
export async function hoursSince(db: Db, sloId: string, since: number): Promise<ReadonlyMap<number, Count>> {
  const found = await tables(db).selectFrom('slosHour').select(['at', 'good', 'bad']).where('sloId', '=', sloId).where('at', '>=', iso(since)).orderBy('at').execute();
  return new Map(found.map(({ at, good, bad }) => [ms(at), { good, bad }]));
}

/** Good and bad over the whole window of each SLO, by the hour. */
async function ofWindows(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Count>> {
  const { rows: found } = await sql<Count & { id: string }>`select s.id, c.good, c.bad from slos_slo s
    cross join lateral (select coalesce(sum(good), 0) as good, coalesce(sum(bad), 0) as bad from slos_hour
      where slo_id = s.id and at >= s.counted_until - make_interval(days => s.window_days)) c
    where s.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.map(({ id, good, bad }) => [id, { good, bad }]));
}

/** Good and bad of the last so many milliseconds before what has been counted, for each of the lengths. */
async function ofLast(db: Db, steps: 'slos_minute' | 'slos_hour', { ids, lengths }: { readonly ids: readonly string[]; readonly lengths: readonly number[] }) {
  const { rows: found } = await sql<
    Count & { id: string; length: number }
  >`select s.id, l.length, c.good, c.bad from slos_slo s cross join unnest(${[...lengths]}::bigint[]) as l(length)
    cross join lateral (select coalesce(sum(good), 0) as good, coalesce(sum(bad), 0) as bad from ${sql.table(steps)}
      where slo_id = s.id and at >= s.counted_until - make_interval(secs => l.length / 1000.0)) c
    where s.id = any(${[...ids]}::uuid[])`.execute(db);
  return found;
}

export interface Sums {
  readonly window: Count;
  /** Of the last so many milliseconds; one of the lengths that were asked for. */
  readonly last: (length: number) => Count;
}

/** What is looked up by the minute; longer by the hour. */
const SHORT = 6 * 3_600_000;

/** The sums of many SLOs over their window and over the given lengths, in three queries. */
export async function sums(db: Db, ids: readonly string[], lengths: readonly number[]): Promise<ReadonlyMap<string, Sums>> {
  if (ids.length === 0) return new Map();
  const windows = await ofWindows(db, ids);
  const found = [
    ...(await ofLast(db, 'slos_minute', { ids, lengths: lengths.filter((one) => one <= SHORT) })),
    ...(await ofLast(db, 'slos_hour', { ids, lengths: lengths.filter((one) => one > SHORT) })),
  ];
  const byKey = new Map(found.map(({ id, length, good, bad }) => [`${id} ${length}`, { good, bad }]));
  return new Map(ids.map((id) => [id, { window: windows.get(id) ?? nothing, last: (length) => byKey.get(`${id} ${length}`) ?? nothing }]));
}

/** Rules that fire now, and the latest that did, newest first. */
export function burns(db: Db, sloId: string, limit: number) {
  return tables(db)
    .selectFrom('slosBurn')
    .select(['rule', 'severity', 'since', 'until'])
    .where('sloId', '=', sloId)
    .orderBy('since', 'desc')
    .orderBy('rule')
    .limit(limit)
    .execute();
}

export async function firing(db: Db, sloIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = await tables(db)
    .selectFrom('slosBurn')
    .select(['sloId', 'rule'])
    .where(sql<SqlBool>`slo_id = any(${[...sloIds]}::uuid[])`)
    .where('until', 'is', null)
    .execute();
  return new Map([...Map.groupBy(found, ({ sloId }) => sloId)].map(([id, some]) => [id, new Set(some.map(({ rule }) => rule))]));
}
