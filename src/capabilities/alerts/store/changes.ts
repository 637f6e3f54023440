import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables } from './tables.ts';

export interface ChangesWanted {
  readonly serviceId?: string | undefined;
  readonly serviceIds?: readonly string[];
  readonly sourceId?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly before?: { readonly at: string; readonly id: string } | undefined;
  readonly limit?: number;
}

/** What was changed, newest first; of sources that the actor may see. */
export function changesAbout(db: Db, actor: Actor, what: ChangesWanted) {
  let from = tables(db)
    .selectFrom('alertsChange')
    .innerJoin('record', 'record.id', 'alertsChange.sourceId')
    .select(['alertsChange.id', 'sourceId', 'serviceId', 'at', 'summary', 'origin', 'details', 'links'])
    .where(visible(actor));
  if (what.serviceId) from = from.where('serviceId', '=', what.serviceId);
  if (what.serviceIds) from = from.where(sql<SqlBool>`service_id = any(${[...what.serviceIds]}::uuid[])`);
  if (what.sourceId) from = from.where('sourceId', '=', what.sourceId);
  if (what.from) from = from.where('at', '>=', what.from);
  if (what.until) from = from.where('at', '<', what.until);
  if (what.before) from = from.where(sql<SqlBool>`(alerts_change.at, alerts_change.id) < (${what.before.at}::timestamptz, ${what.before.id}::uuid)`);
  return from
    .orderBy('at', 'desc')
    .orderBy('alertsChange.id', 'desc')
    .limit(what.limit ?? 100)
    .execute();
}
