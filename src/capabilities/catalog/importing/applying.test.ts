import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import * as pg from 'pg';
import { writeAs } from '#kernel/act.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { upload } from '#testing/uploads.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

let desk: TestDesk;
let lena: TestPerson;
let bo: TestPerson;
let root: string;
before(async () => {
  root = mkdtempSync(join(tmpdir(), 'qd-applying-'));
  desk = await openTestDesk({ env: { QD_IMPORT_DIR: root } });
  lena = await desk.person('Lena', 'lead');
  bo = await desk.person('Bo', 'responder');
});
after(async () => {
  await desk.close();
  rmSync(root, { recursive: true, force: true });
});

async function tick(task: 'catalog.readDue' | 'catalog.archiveStale') {
  await writeAs(desk.desk, SYSTEM, (ctx) => ctx.enqueue(task, {}), 'quiet');
  await desk.drain();
}

async function plan(number: string, text: string, path = 'rows.csv') {
  const { status, run } = await upload({ url: desk.url, token: lena.token }, number, { [path]: text });
  assert.equal(status, 200);
  return run;
}

async function apply(number: string, text: string, path?: string) {
  const run = await plan(number, text, path);
  await lena.catalog.applyRun({ id: run });
  await desk.drain();
  return lena.catalog.run({ id: run, limit: 500 });
}

const source = (name: string) => lena.catalog.createImport({ name, format: 'csv' });
const named = async (q: string) => (await bo.catalog.components({ q })).items[0]!;

test('a service that is retired keeps its slug: one that a source brings under the same name gets another', async () => {
  const old = await lena.catalog.create({ name: 'Payments' });
  await lena.catalog.retire({ number: old.number, version: old.version });
  const { number } = await source('Services');
  const { run } = await apply(number, 'name,kind\nPayments,service\n');
  assert.equal(run.state, 'applied', run.sentence);
  assert.deepEqual(
    (await bo.catalog.list({ q: 'payments' })).items.map(({ slug }) => slug),
    ['payments-2'],
  );
});

test('what a person writes while a run is applied stays, and so does what the source says of the rest', async () => {
  const { number } = await source('Many hosts');
  const rows = (summary: string) => `name,type,summary\n${Array.from({ length: 150 }, (_, i) => `many-${i},vm,${summary}`).join('\n')}\n`;
  await apply(number, rows('first'));
  const run = await plan(number, rows('second'));
  await lena.catalog.applyRun({ id: run });
  const [head, tail] = [await named('many-0'), await named('many-149')];
  const client = new pg.Client({ connectionString: desk.databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query('update record set version = version where id = $1', [head.id]);
  const drained = desk.drain();
  const isWaited = async () => (await client.query("select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")).rowCount! > 0;
  for (const end = Date.now() + 5000; !(await isWaited()) && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 20));
  await bo.catalog.updateComponent({ number: tail.number, version: tail.version, summary: 'written by hand' });
  await client.query('commit');
  await client.end();
  await drained;
  assert.equal((await lena.catalog.run({ id: run })).run.state, 'applied');
  assert.deepEqual([(await named('many-0')).summary, (await named('many-148')).summary, (await named('many-149')).summary], ['second', 'second', 'written by hand']);
});

test('a run that cannot be written ends with a sentence, and its source can be read again', async () => {
  const { number } = await source('Faulty');
  await sql`alter table catalog_component add constraint no_boom check (summary <> 'boom')`.execute(desk.desk.db).catch(async () => {
    const admin = new pg.Client({ connectionString: desk.databaseAdminUrl });
    await admin.connect();
    await admin.query("alter table catalog_component add constraint no_boom check (summary <> 'boom')");
    await admin.end();
  });
  const { run } = await apply(number, 'name,type,summary\nfine-1,vm,ok\nbad-1,vm,boom\n');
  assert.equal(run.state, 'refused');
  assert.match(run.sentence, /fault of the desk.*Read the source again/);
  assert.ok(run.endedAt);
  assert.equal((await apply(number, 'name,type,summary\nfine-1,vm,ok\n')).run.state, 'applied');
});

test('a run whose job was given up is taken up again; a second one of its source waits for it', async () => {
  const { number } = await source('Given up');
  const first = await plan(number, 'name,type\ngiven-1,vm\n');
  await lena.catalog.applyRun({ id: first });
  await sql`delete from graphile_worker._private_jobs where payload::text like ${`%${first}%`}`.execute(desk.desk.db);
  const second = await plan(number, 'name,type\ngiven-1,vm\ngiven-2,vm\n');
  assert.match((await refusalOf(lena.catalog.applyRun({ id: second }))).sentence, /Another run of this source is being applied/);
  await desk.advance({ hours: 2 });
  await tick('catalog.readDue');
  assert.equal((await lena.catalog.run({ id: first })).run.state, 'applied');
});

test('a plan of a source that was retired meanwhile is not applied', async () => {
  const { number, id } = await source('Retired one');
  const run = await plan(number, 'name,type\nretired-1,vm\n');
  await sql`update record set archived_at = ${new Date(desk.now()).toISOString()} where id = ${id}`.execute(desk.desk.db);
  assert.match((await refusalOf(lena.catalog.applyRun({ id: run }))).sentence, /retired/);
});

test('what stands as it stood leaves no run behind: neither a standing disagreement nor a dependency on what is retired', async () => {
  mkdirSync(join(root, 'quiet'));
  writeFileSync(join(root, 'quiet/hosts.csv'), 'name,type,address,depends on\nquiet-1,vm,10.9.0.1,\nquiet-2,vm,10.9.0.2,quiet-1\n');
  const { number } = await lena.catalog.createImport({ name: 'Quiet', format: 'csv', path: 'quiet', everyMinutes: 30, applies: 'by itself' });
  const runs = async () => (await bo.catalog.import({ number })).runs.length;
  const again = async () => {
    await desk.advance({ minutes: 31 });
    await tick('catalog.readDue');
  };
  await tick('catalog.readDue');
  const changed = await named('quiet-2');
  await bo.catalog.updateComponent({ number: changed.number, version: changed.version, address: '10.9.0.99' });
  const gone = await named('quiet-1');
  await lena.catalog.retireComponent({ number: gone.number, version: gone.version });
  await again();
  const settled = await runs();
  await again();
  await again();
  assert.equal(await runs(), settled);
  assert.equal((await named('quiet-2')).address, '10.9.0.99');
});

test('a dependency that its source changes was still first seen when it was', async () => {
  const { number } = await lena.catalog.createImport({ name: 'Own words', format: 'quarterdeck' });
  const yaml = (impact: string) => `quarterdeck: v1
component: seen-a
name: seen-a
type: vm
---
quarterdeck: v1
component: seen-b
name: seen-b
type: vm
needs:
  - component: seen-a
    impact: ${impact}
`;
  const first = await apply(number, yaml('hard'), 'catalog.yaml');
  assert.equal(first.run.state, 'applied', JSON.stringify(first.findings));
  const began = new Date(desk.now()).toISOString();
  await desk.advance({ hours: 5 });
  await apply(number, yaml('soft'), 'catalog.yaml');
  const { rows } = await sql<{ impact: string; firstSeen: string }>`
    select e.impact, e.first_seen from catalog_edge e join record r on r.id = e.consumer_id where r.title = 'seen-b' and e.ended_at is null`.execute(desk.desk.db);
  assert.deepEqual(rows, [{ impact: 'soft', firstSeen: began }]);
});
