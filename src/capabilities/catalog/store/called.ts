import { sql } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';

/** Components in use that are called so: by title or address, whatever the case. */
export async function componentsCalled(db: Db, names: readonly string[]): Promise<readonly { id: string; called: string }[]> {
  const { rows } = await sql<{ id: string; called: string }>`
    select c.id, n.name as called from unnest(${[...names]}::text[]) as n(name)
    join lateral (
      select c.id from catalog_component c where lower(c.address) = lower(n.name) and c.address <> '' and c.lifecycle <> 'retired'
      union all
      select record.id from record join catalog_component c on c.id = record.id where record.kind = 'component' and record.title in (n.name, lower(n.name)) and c.lifecycle <> 'retired' and ${visible(SYSTEM)}
      limit 1
    ) c on true`.execute(db);
  return rows;
}
