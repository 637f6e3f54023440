import type { Db } from '#kernel/database.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';

/** Every team that the actor may see, by id. */
export async function teamsSeen(db: Db, actor: Actor): Promise<ReadonlyMap<string, Ref>> {
  const rows = await db.selectFrom('record').select(['id', 'kind', 'number', 'title']).where('record.kind', '=', 'team').where(visible(actor)).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** When the first record came into the catalog. */
export async function firstRecordAt(db: Db, actor: Actor): Promise<string | null> {
  const row = await db
    .selectFrom('record')
    .select((e) => e.fn.min('record.openedAt').as('at'))
    .where('record.kind', 'in', ['service', 'component'])
    .where(visible(actor))
    .executeTakeFirst();
  return row?.at ?? null;
}
