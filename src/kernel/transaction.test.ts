import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { openTestDesk } from '#testing/desk.ts';
import { inTransaction } from './database.ts';

it('statements sent together run in order, and none of them stays when one fails, even if nobody looked', async () => {
  const test = await openTestDesk();
  const { pool, db, readDb } = test.desk;
  const put = (name: string, value: number) => sql`insert into setting (name, value, changed_at) values (${name}, ${value}::int::text::jsonb, '2026-01-01')`;
  const names = async () => (await readDb.selectFrom('setting').select('name').where('name', 'like', 't.%').orderBy('name').execute()).map(({ name }) => name);
  try {
    const seen = await inTransaction(pool, db, async (tx) => {
      const [, , read] = await Promise.all([
        put('t.a', 1).execute(tx),
        sql`update setting set value = '2'::jsonb where name = 't.a'`.execute(tx),
        tx.selectFrom('setting').select('value').where('name', '=', 't.a').executeTakeFirst(),
      ]);
      return read?.value as unknown;
    });
    assert.equal(seen, 2);
    await assert.rejects(
      inTransaction(pool, db, (tx) => Promise.all([put('t.b', 1).execute(tx), put('t.a', 1).execute(tx), put('t.c', 1).execute(tx)])),
      { code: '23505' },
    );
    const swallowed = inTransaction(pool, db, async (tx) => {
      await put('t.d', 1).execute(tx);
      await put('t.a', 1)
        .execute(tx)
        .catch(() => undefined);
    });
    await assert.rejects(swallowed, /rolled back/);
    assert.deepEqual(await names(), ['t.a']);
    assert.equal(pool.idleCount, pool.totalCount, 'every connection came back');
  } finally {
    await test.close();
  }
});
