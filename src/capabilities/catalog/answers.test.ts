import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { writeAs } from '#kernel/act.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { upload } from '#testing/uploads.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

let desk: TestDesk;
let lena: TestPerson;
let bo: TestPerson;
before(async () => {
  desk = await openTestDesk();
  lena = await desk.person('Lena', 'lead');
  bo = await desk.person('Bo', 'responder');
});
after(() => desk.close());

async function check() {
  await writeAs(desk.desk, SYSTEM, (ctx) => ctx.enqueue('catalog.findCards', {}), 'quiet');
  await desk.drain();
}

async function imported(name: string, csv: string) {
  const { number } = await lena.catalog.createImport({ name, format: 'csv' });
  await read(number, csv);
  return number;
}

async function read(number: string, csv: string) {
  const { run } = await upload({ url: desk.url, token: lena.token }, number, { 'hosts.csv': csv });
  await lena.catalog.applyRun({ id: run });
  await desk.drain();
}

const cards = async (kind: 'disagreement' | 'duplicate' | 'unseen') => (await bo.catalog.inbox({ limit: 200, kind })).items;
const named = async (q: string) => (await bo.catalog.components({ q })).items[0]!;

test('a question is answered once, by whoever is first, and not at all once its record is retired', async () => {
  await imported('First', 'name,type,address\ntwice-1,vm,10.1.1.1\n');
  await imported('Second', 'name,type,address\ntwice-1,vm,10.1.1.2\n');
  const [card] = await cards('disagreement');
  const answers = await Promise.allSettled([1, 2, 3].map(() => bo.catalog.answerCard({ id: card!.id, choice: card!.choices[1]!.choice })));
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
  await check();
  const [other] = await cards('disagreement');
  const { number } = other!.record;
  const { component } = await lena.catalog.component({ number });
  await lena.catalog.retireComponent({ number, version: component.version });
  assert.deepEqual(await cards('disagreement'), [], 'nothing is asked about what is retired');
  assert.match((await refusalOf(bo.catalog.answerCard({ id: other!.id, choice: other!.choices[1]!.choice }))).sentence, /retired|no longer/);
});

test('an edge that was confirmed is asked for again when no source sees it for as long again', async () => {
  const rows = 'name,type,depends on\nring-a,vm,\nring-b,vm,ring-a\nring-c,vm,\n';
  const source = await imported('Ring', rows);
  await bo.catalog.addEdge({ provider: (await named('ring-a')).number, consumer: (await named('ring-c')).number });
  for (const round of [1, 2]) {
    await desk.advance({ days: 31 });
    await read(source, rows);
    await check();
    const [card, ...more] = await cards('unseen');
    assert.ok(card && more.length === 0, `round ${round}`);
    await bo.catalog.answerCard({ id: card.id, choice: 'confirm' });
    await check();
    assert.deepEqual(await cards('unseen'), []);
  }
});

test('of two merges of one component at a time one is refused; a chain of merges leads to the last', async () => {
  const source = await imported('Chain', 'name,type,address\nchain-a,vm,10.2.2.1\n');
  const a = await named('chain-a');
  const [b, c] = [await bo.catalog.createComponent({ name: 'chain-b', type: 'vm' }), await bo.catalog.createComponent({ name: 'chain-c', type: 'vm' })];
  await bo.catalog.addEdge({ provider: a.number, consumer: b.number });
  const both = await Promise.allSettled(
    [b, c].map(async ({ number }) => bo.catalog.mergeComponents({ number, version: (await bo.catalog.component({ number })).component.version, other: a.number })),
  );
  assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1, JSON.stringify(both));
  const into = (await bo.catalog.component({ number: a.number })).component.mergedInto!;
  const last = into.number === b.number ? c : b;
  await bo.catalog.mergeComponents({ number: last.number, version: (await bo.catalog.component({ number: last.number })).component.version, other: into.number });
  await read(source, 'name,type,address,summary\nchain-a,vm,10.2.2.1,seen again\n');
  assert.equal((await bo.catalog.component({ number: last.number })).component.summary, 'seen again');
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from catalog_edge where ended_at is null and provider_id = consumer_id`.execute(desk.desk.db);
  assert.equal(rows[0]?.n, 0);
});
