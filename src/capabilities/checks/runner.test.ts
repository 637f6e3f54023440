import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'node:test';
import pino from 'pino';
import { clientOf } from '#kernel/client.ts';
import { readConfig } from '#kernel/config.ts';
import { openDesk } from '#kernel/open.ts';
import { modules } from '#modules';
import { cloneDatabase } from '#testing/postgres.ts';
import { openTestDesk } from '#testing/desk.ts';
import { checks } from './contract/index.ts';
import { endLeases, renewLeases } from './store/index.ts';

const TOKEN = 'runner-bootstrap-token-0123456789abcdef';

test('a desk on the real clock runs a new probe within seconds and writes its results', async (t) => {
  let asked = 0;
  const target = createServer((_request, response) => {
    asked += 1;
    response.end('ok');
  });
  await new Promise<void>((done) => {
    target.listen(0, '127.0.0.1', done);
  });
  const database = await cloneDatabase();
  const config = readConfig({
    DATABASE_URL: database.appUrl,
    QD_DATABASE_ADMIN_URL: database.adminUrl,
    QD_SECRET_KEY: 'a test key of more than thirty-two characters',
    QD_PORT: '0',
    QD_BOOTSTRAP_TOKEN: TOKEN,
    QD_ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
    QD_LOG_LEVEL: 'silent',
  });
  const open = await openDesk({ config, modules, log: pino({ level: 'silent' }), work: 'when drained', migrated: true });
  t.after(async () => {
    await open.close();
    target.close();
    await database.drop();
  });
  await open.listen();
  const address = open.app.addresses().find((one) => typeof one !== 'string');
  const client = clientOf(checks, { baseUrl: `http://127.0.0.1:${address?.port}`, token: TOKEN });
  const made = await client.create({ name: 'real', probe: { kind: 'http', url: `http://127.0.0.1:${(target.address() as { port: number }).port}/`, intervalSeconds: 20 } });
  for (let tries = 0; tries < 100 && (await client.get({ number: made.number })).check.state !== 'up'; tries += 1) await wait(100);
  const { check, results } = await client.get({ number: made.number });
  assert.deepEqual([check.state, results.length, asked], ['up', 1, 1]);
});

test('shards are shared fairly, given up when a node comes, and taken over when one is gone', async (t) => {
  const desk = await openTestDesk();
  t.after(() => desk.close());
  const { db } = desk.desk;
  const [one, two] = [randomUUID(), randomUUID()];
  const now = desk.now();
  assert.equal((await renewLeases(db, one, now)).length, 16);
  assert.equal((await renewLeases(db, two, now)).length, 0);
  assert.equal((await renewLeases(db, one, now + 5000)).length, 8);
  assert.equal((await renewLeases(db, two, now + 5000)).length, 8);
  assert.equal((await renewLeases(db, two, now + 25_000)).length, 16);
  await endLeases(db, two);
  assert.equal((await renewLeases(db, one, now + 26_000)).length, 16);
});
