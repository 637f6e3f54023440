import { sql } from 'kysely';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';

export const SHARDS = 16;
const LEASE_MS = 15_000;

/** Renews this node's leases, gives up what is more than its share, takes what is free; answers the shards it holds. */
export async function renewLeases(db: Db, node: string, now: number): Promise<readonly number[]> {
  const [at, until] = [iso(now), iso(now + LEASE_MS)];
  return db.transaction().execute(async (tx) => {
    await sql`insert into checks_node (node, until) values (${node}, ${until}) on conflict (node) do update set until = excluded.until`.execute(tx);
    await sql`delete from checks_node where until < ${iso(now - LEASE_MS)}`.execute(tx);
    const {
      rows: [live],
    } = await sql<{ n: number }>`select count(*)::int as n from checks_node where until > ${at}`.execute(tx);
    const share = Math.ceil(SHARDS / Math.max(1, live?.n ?? 1));
    await sql`update checks_shard set node = null, until = null where node = ${node} and shard not in (
      select shard from checks_shard where node = ${node} order by shard limit ${share})`.execute(tx);
    await sql`update checks_shard set until = ${until} where node = ${node}`.execute(tx);
    await sql`update checks_shard set node = ${node}, until = ${until} where shard in (
      select shard from checks_shard where until is null or until <= ${at} order by shard
      limit greatest(0, ${share} - (select count(*) from checks_shard where node = ${node})) for update skip locked)`.execute(tx);
    const { rows } = await sql<{ shard: number }>`select shard from checks_shard where node = ${node} order by shard`.execute(tx);
    return rows.map((row) => row.shard);
  });
}

/** Lets other nodes take over at once. */
export async function endLeases(db: Db, node: string): Promise<void> {
  await sql`update checks_shard set node = null, until = null where node = ${node}`.execute(db);
  await sql`delete from checks_node where node = ${node}`.execute(db);
}
