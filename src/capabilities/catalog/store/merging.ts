import { sql } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { tables } from './index.ts';

export function openEdgesOf(db: Db, id: string) {
  return tables(db)
    .selectFrom('catalogEdge')
    .selectAll()
    .where('endedAt', 'is', null)
    .where((e) => e.or([e('providerId', '=', id), e('consumerId', '=', id)]))
    .orderBy('id')
    .execute();
}

/** Sources that knew the one know the other from now on; answers how many. */
export async function moveIdentities(db: Db, fromId: string, toId: string): Promise<number> {
  const { numAffectedRows } = await sql`update catalog_identity set record_id = ${toId} where record_id = ${fromId}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** What the one that stays does not say is taken from the one that goes. */
export function fillEmpty(db: Db, keepId: string, dropId: string) {
  return sql`
    update catalog_component k set
      summary = case when k.summary = '' then d.summary else k.summary end,
      address = case when k.address = '' then d.address else k.address end,
      cloud_id = case when k.cloud_id = '' then d.cloud_id else k.cloud_id end,
      tags = coalesce((select array_agg(distinct t order by t) from unnest(k.tags || d.tags) t), '{}'),
      links = case when k.links = '[]'::jsonb then d.links else k.links end
    from catalog_component d where k.id = ${keepId} and d.id = ${dropId}`.execute(db);
}
