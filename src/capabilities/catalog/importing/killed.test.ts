import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import * as pg from 'pg';
import { joinEmbedded } from '#kernel/postgres/index.ts';
import { freePort, scratch, startServer } from '#testing/server.ts';
import { upload } from '#testing/uploads.ts';

const ROWS = 3000;
const CSV = `name,type,depends on\n${Array.from({ length: ROWS }, (_, i) => `killed-${i},vm,${i === 0 ? '' : `killed-${i >> 1}`}`).join('\n')}\n`;

async function until<T>(ask: () => Promise<T | false>): Promise<T> {
  for (const end = Date.now() + 45_000; ;) {
    const answer = await ask();
    if (answer !== false) return answer;
    assert.ok(Date.now() < end, 'it did not come so far in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a desk that is killed in the middle of applying a run goes on with it and writes nothing twice', { timeout: 120_000 }, async () => {
  const place = scratch('killed');
  const dataDir = join(place.path, 'data');
  const port = await freePort();
  const first = await startServer({ dataDir, port });
  const { number } = await first.clients.catalog.createImport({ name: 'Hosts', format: 'csv' });
  const id = (await upload(first, number, { 'hosts.csv': CSV })).run;
  await first.clients.catalog.applyRun({ id });
  const written = await until(async () => (await first.clients.catalog.run({ id, limit: 1 })).written || false);
  await first.end('SIGKILL');
  assert.ok(written < ROWS, 'killed before its end');
  const second = await startServer({ dataDir, port });
  const state = await until(async () => {
    const { run } = await second.clients.catalog.run({ id, limit: 1 });
    return run.state !== 'applying' && run.state;
  });
  assert.equal(state, 'applied');
  const client = new pg.Client({ connectionString: joinEmbedded(dataDir).adminUrl });
  await client.connect();
  const { rows } = await client.query(`
    select (select count(*)::int from catalog_component) as components, (select count(distinct title)::int from record where kind = 'component') as names,
      (select count(*)::int from catalog_edge where ended_at is null) as edges, (select count(*)::int from catalog_edge) as ever,
      (select count(*)::int from catalog_state) as states, (select count(*)::int from catalog_identity) as identities`);
  await client.end();
  assert.deepEqual(rows, [{ components: ROWS, names: ROWS, edges: ROWS - 1, ever: ROWS - 1, states: ROWS, identities: ROWS }]);
  assert.equal(await second.end('SIGTERM'), 0);
  place.remove();
});
