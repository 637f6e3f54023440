import { iso } from '#kernel/clock.ts';
import { jsonb, type Db } from '#kernel/database.ts';
import type { Desk } from '#kernel/desk.ts';

const nameOf = (chat: string) => `notify.position.${chat}`;

/** Up to where a chat was read. */
export async function positionOf(db: Db, chat: string): Promise<string> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', nameOf(chat)).executeTakeFirst();
  return typeof row?.value === 'string' ? row.value : '';
}

export async function keepPosition(desk: Desk, chat: string, position: string): Promise<void> {
  const changedAt = iso(desk.clock.now());
  await desk.db
    .insertInto('setting')
    .values({ name: nameOf(chat), value: jsonb(position), changedAt })
    .onConflict((c) => c.column('name').doUpdateSet({ value: jsonb(position), changedAt }))
    .execute();
}

/** Runs while this node alone holds the turn for a chat; another node passes. */
export async function alone<T>(desk: Desk, chat: string, run: () => Promise<T>, otherwise: T): Promise<T> {
  const client = await desk.pool.connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock(hashtext($1)) as mine', [nameOf(chat)]);
    if (!rows[0]?.mine) return otherwise;
    try {
      return await run();
    } finally {
      await client.query('select pg_advisory_unlock(hashtext($1))', [nameOf(chat)]);
    }
  } finally {
    client.release();
  }
}
