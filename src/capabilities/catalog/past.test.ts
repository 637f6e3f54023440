import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { iso } from '#kernel/clock.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { keepStates } from './store/history.ts';

let desk: TestDesk;
let lena: TestPerson;
let vera: TestPerson;
before(async () => {
  desk = await openTestDesk();
  lena = await desk.person('Lena', 'lead');
  vera = await desk.person('Vera', 'viewer');
});
after(() => desk.close());

const now = () => iso(desk.now());

test('a node whose clock is behind writes the state of a record all the same, and the past stays in order', async () => {
  const vm = await lena.catalog.createComponent({ name: 'clock-1', type: 'vm', summary: 'one' });
  await desk.advance({ minutes: 1 });
  await lena.catalog.updateComponent({ number: vm.number, version: vm.version, summary: 'two' });
  await sql`update catalog_component set summary = 'three' where id = ${vm.id}`.execute(desk.desk.db);
  await keepStates(desk.desk.db, [vm.id], iso(desk.now() - 3));
  const { items } = await vera.catalog.states({ number: vm.number });
  assert.deepEqual(
    items.map(({ endedAt, fields }) => [endedAt === null, fields.map((move) => move.after)]),
    [
      [true, ['three']],
      [false, []],
    ],
  );
});

test('the neighbourhood of an earlier instant has the names, group sizes and notes of then, and no health', async () => {
  const [db, app] = [await lena.catalog.createComponent({ name: 'ledger-db', type: 'database' }), await lena.catalog.create({ name: 'Ledger', tier: 3 })];
  const { edge } = await lena.catalog.addEdge({ provider: db.number, consumer: app.number, group: 'db', note: 'reads' });
  await lena.catalog.setRedundancy({ consumer: app.number, group: 'db', minUp: 1 });
  const then = now();
  await desk.advance({ hours: 1 });
  await lena.catalog.setRedundancy({ consumer: app.number, group: 'db', minUp: 0 });
  await lena.catalog.updateEdge({ id: edge.id, note: 'reads and writes' });
  const { service } = await lena.catalog.get({ number: app.number });
  await lena.catalog.update({ number: app.number, version: service.version, name: 'General ledger', tier: 1 });
  const picture = async (at?: string) => {
    const graph = await vera.catalog.graph({ number: app.number, hops: 1, ...(at ? { at } : {}) });
    const own = graph.nodes.find(({ hops }) => hops === 0)!;
    return [own.name, own.tier, graph.edges[0]?.note, graph.redundancy.map(({ minUp, survives }) => [minUp, survives])];
  };
  assert.deepEqual(await picture(), ['General ledger', 1, 'reads and writes', [[0, 1]]]);
  assert.deepEqual(await picture(then), ['Ledger', 3, 'reads', [[1, 0]]]);
  const early = await vera.catalog.graph({ number: app.number, hops: 1, at: then });
  assert.match(early.nodes[0]!.health.words, /present only/);

  const moved = await vera.catalog.differences({ from: then, until: now() });
  assert.deepEqual(
    moved.records.find(({ record }) => record.number === app.number)?.fields.map(({ field, before, after }) => `${field}: ${before} → ${after}`),
    ['name: Ledger → General ledger', 'tier: 3 → 1', 'group db: 1 → 0'],
  );
  assert.deepEqual(
    moved.edges.map(({ change, fields }) => [change, fields.map(({ field, after }) => `${field} ${after}`)]),
    [['changed', ['note reads and writes']]],
  );
  assert.match((await refusalOf(vera.catalog.differences({ from: now(), until: then }))).sentence, /until/);
});

test('a change is in the next answer however many others were made since the last', async () => {
  const [low, high] = [await lena.catalog.createComponent({ name: 'low', type: 'vm' }), await lena.catalog.create({ name: 'High' })];
  await vera.catalog.impact({ failed: [low.number] });
  await lena.catalog.addEdge({ provider: low.number, consumer: high.number });
  // What the log looks like behind many imports: more records than are looked up one by one, most of them no part of the graph.
  await sql`
    with other as (
      insert into record (id, kind, number, title, opened_at, changed_at)
      select ('01100000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'import', 'IMP-9' || lpad(i::text, 5, '0'), 'noise', ${now()}, ${now()} from generate_series(1, 9000) i returning id
    ), made as (
      insert into record (id, kind, number, title, opened_at, changed_at)
      select ('01000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'component', 'CMP-9' || lpad(i::text, 5, '0'), 'noise', ${now()}, ${now()} from generate_series(1, 1500) i returning id
    ), kept as (insert into catalog_component (id, type, lifecycle, links) select id, 'vm', 'live', '[]' from made)
    insert into activity (id, record_id, did, via, at, data, data_hash)
    select gen_random_uuid(), id, 'component.created', 'desk', ${now()}::timestamptz, '{}'::jsonb, '\\x00'::bytea from made union all
    select gen_random_uuid(), id, 'import.read', 'desk', ${now()}::timestamptz, '{}'::jsonb, '\\x00'::bytea from other`.execute(desk.desk.db);
  const answer = await vera.catalog.impact({ failed: [low.number] });
  assert.deepEqual(
    answer.reached.map(({ record }) => record.title),
    ['High'],
  );
});
