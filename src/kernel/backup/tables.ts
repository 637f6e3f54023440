import type * as pg from 'pg';

export interface Table {
  /** schema.name, quoted where needed. */
  readonly name: string;
  /** Columns that can be written: generated ones are left out. */
  readonly columns: readonly string[];
}

/**
 * Every table that belongs to the desk, those that others refer to first. Partitions are read through their parent;
 * the queue's tables come along, because a timer that waits is a promise.
 */
export async function tablesInOrder(client: pg.Client): Promise<readonly Table[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(`
    select c.oid::regclass::text as name,
      (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and (n.nspname = 'public' or (n.nspname = 'graphile_worker' and c.relname like '\\_private%'))
      and c.relname not in ('migration', 'worker_pool') order by 1`);
  const { rows: edges } = await client.query<{ child: string; parent: string }>(`
    select distinct conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint where contype = 'f' and conparentid = 0 and conrelid <> confrelid`);
  const ordered: Table[] = [];
  const placed = new Set<string>();
  while (ordered.length < tables.length) {
    const next = tables.filter((t) => !placed.has(t.name) && edges.every((e) => e.child !== t.name || placed.has(e.parent) || !tables.some((other) => other.name === e.parent)));
    if (next.length === 0) throw new Error('the tables refer to each other in a circle');
    for (const table of next) placed.add(table.name);
    ordered.push(...next);
  }
  return ordered;
}
