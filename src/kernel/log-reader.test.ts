import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openTestDesk } from '#testing/desk.ts';
import type { Module } from './desk.ts';
import { openSubscriptions } from './log-reader.ts';

test('two nodes that both believe that they read the log react once to each entry, and neither moves back', async () => {
  const desk = await openTestDesk();
  await desk.drain();
  const noting: Module = {
    contract: desk.desk.modules[0]!.contract,
    actions: {},
    jobs: {
      on: {
        'person.invited': async (ctx, entry) => {
          await sql`insert into setting (name, value, changed_at) values (${`noted ${entry.id} ${Math.random()}`}, '1', ${entry.at})`.execute(ctx.db);
        },
      },
    },
  };
  const readers = Array.from({ length: 2 }, () => openSubscriptions({ ...desk.desk, modules: [noting] }));
  const drainBoth = () => Promise.allSettled(readers.map((reader) => reader.drain()));
  for (let round = 0; round < 5; round += 1) {
    for (let i = 0; i < 4; i += 1) await desk.people.invite({ name: `Person ${round} ${i}`, email: `p${round}-${i}@example.com`, role: 'viewer' });
    await drainBoth();
  }
  await drainBoth();
  await drainBoth();
  const { rows } = await sql<{ times: number }>`select count(*)::int as times from setting where name like 'noted %' group by split_part(name, ' ', 2)`.execute(desk.desk.db);
  assert.equal(rows.length, 20);
  assert.ok(rows.every(({ times }) => times === 1));
  await desk.close();
});
