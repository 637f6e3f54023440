import { sql, type SqlBool } from 'kysely';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { uptimeOfMany } from './history.ts';
import type { Counted } from './rules/index.ts';
import * as store from './store/index.ts';

export interface ServiceUptime {
  /** What each of its checks counts as now. */
  readonly now: readonly Counted[];
  /** For each check its days, the oldest first. */
  readonly days: readonly (readonly { readonly day: string; readonly share: number | null }[])[];
}

/** Uptime of services by the checks that watch them, whoever may see those: only figures leave here, no name. */
export async function uptimeOfServices(
  { db, now }: { readonly db: Db; readonly now: number },
  serviceIds: readonly string[],
  days: number,
): Promise<ReadonlyMap<string, ServiceUptime>> {
  const rows = await watching(db, serviceIds);
  const uptime = await uptimeOfMany({ db, now }, rows, days);
  const states = await countingNow({ db, now }, rows);
  return new Map(
    [...Map.groupBy(rows, ({ serviceId }) => serviceId ?? '')].map(([id, some]) => [
      id,
      { now: some.map((row) => states.get(row.id) ?? 'none'), days: some.map((row) => uptime.get(row.id)?.days ?? []) },
    ]),
  );
}

/** What the checks of services count as now, without their past. */
export async function checksNowOf({ db, now }: { readonly db: Db; readonly now: number }, serviceIds: readonly string[]): Promise<ReadonlyMap<string, readonly Counted[]>> {
  const rows = await watching(db, serviceIds);
  const states = await countingNow({ db, now }, rows);
  return new Map([...Map.groupBy(rows, ({ serviceId }) => serviceId ?? '')].map(([id, some]) => [id, some.map((row) => states.get(row.id) ?? 'none')]));
}

async function watching(db: Db, serviceIds: readonly string[]) {
  if (serviceIds.length === 0) return [];
  return store
    .tables(db)
    .selectFrom('checksCheck')
    .innerJoin('record', 'record.id', 'checksCheck.id')
    .select(['record.id', 'record.number', 'record.title', 'serviceId', 'intervalSeconds', 'retiredAt'])
    .where(sql<SqlBool>`service_id = any(${[...serviceIds]}::uuid[])`)
    .where('retiredAt', 'is', null)
    .where(visible(SYSTEM))
    .execute();
}

async function countingNow({ db, now }: { readonly db: Db; readonly now: number }, rows: readonly { readonly id: string }[]): Promise<ReadonlyMap<string, Counted>> {
  const turns = await store.turnsOfMany(
    db,
    rows.map(({ id }) => id),
    iso(now),
  );
  return new Map(turns.map(({ checkId, countsAs }) => [checkId, countsAs]));
}
