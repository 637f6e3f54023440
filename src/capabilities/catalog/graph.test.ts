import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

let desk: TestDesk;
let bo: TestPerson;
let vera: TestPerson;
before(async () => {
  desk = await openTestDesk();
  bo = await desk.person('Bo', 'responder');
  vera = await desk.person('Vera', 'viewer');
});
after(() => desk.close());

const byText = (a: string, b: string) => (a < b ? -1 : 1);
const component = (name: string, type: 'host' | 'vm' | 'database' = 'vm') => bo.catalog.createComponent({ name, type });

test('a redundancy group keeps its consumer up until it is broken, and the page says why, what is shared and what breaks it', async () => {
  const host = await component('hv-1', 'host');
  const vms = await Promise.all(['web-1', 'web-2', 'web-3'].map((name) => component(name)));
  const shop = await bo.catalog.create({ name: 'Shop', tier: 2, usersAffected: 500 });
  for (const vm of vms) await bo.catalog.addEdge({ provider: vm.number, consumer: shop.number, group: 'web' });
  for (const vm of vms.slice(0, 2)) await bo.catalog.addEdge({ provider: host.number, consumer: vm.number });

  assert.equal((await vera.catalog.impact({ failed: [vms[0]!.number] })).reached[0]?.becomes, 'down', 'without a group size every provider is needed');
  const { redundancy } = await bo.catalog.setRedundancy({ consumer: shop.number, group: 'web', minUp: 2 });
  assert.deepEqual(
    redundancy.map(({ group, minUp, providers, survives }) => [group, minUp, providers, survives]),
    [['web', 2, 3, 1]],
  );
  const one = await vera.catalog.impact({ failed: [vms[0]!.number] });
  assert.deepEqual([one.down, one.degraded, one.reduced], [0, 0, 1]);
  assert.deepEqual([one.reached[0]?.becomes, one.reached[0]?.reduced, one.reached[0]?.why.kind], ['degraded', true, 'reduced']);
  const fallen = await vera.catalog.impact({ failed: [host.number] });
  const reached = fallen.reached.find(({ record }) => record.number === shop.number)!;
  assert.equal(reached.becomes, 'down');
  assert.equal(reached.why.sentence, '2 of 3 in group web are down and it needs 2: web-1, web-2.');
  assert.deepEqual(
    reached.path.map((step) => step?.title),
    ['hv-1', 'web-2', 'Shop'],
  );
  assert.equal((await vera.catalog.impact({ failed: [host.number], spared: [vms[0]!.number] })).down, 1, 'only web-2 falls beside a spared web-1');

  const standing = await vera.catalog.resilience({ number: shop.number });
  assert.deepEqual(
    standing.single.map(({ record }) => record?.title),
    ['hv-1'],
  );
  assert.equal(standing.shared[0]?.sentence, '2 members of the group web rest on hv-1: when it fails, the group is broken.');
  assert.deepEqual(
    standing.pairs
      .map((pair) =>
        pair
          .map((end) => end?.title ?? '')
          .toSorted(byText)
          .join(' '),
      )
      .toSorted(byText),
    ['web-1 web-2', 'web-1 web-3', 'web-2 web-3'],
  );
  const points = await vera.catalog.singlePoints({});
  assert.deepEqual(
    points.items.map(({ record, score, down }) => [record.title, score, down]),
    [['hv-1', 1500, 1]],
  );
  assert.match((await refusalOf(bo.catalog.setRedundancy({ consumer: shop.number, group: 'web', minUp: 130, unit: 'percent' }))).sentence, /100 %/);
});

test('the graph of an earlier instant is what it was then, and two instants are compared', async () => {
  const [db, app] = [await component('orders-db', 'database'), await bo.catalog.create({ name: 'Orders', tier: 3 })];
  await desk.advance({ minutes: 10 });
  const { edge } = await bo.catalog.addEdge({ provider: db.number, consumer: app.number });
  const linked = new Date(desk.now()).toISOString();
  await desk.advance({ hours: 1 });
  await bo.catalog.updateEdge({ id: edge.id, impact: 'soft' });
  const { service } = await bo.catalog.get({ number: app.number });
  await bo.catalog.update({ number: app.number, version: service.version, tier: 2, capability: 'Take orders' });
  await desk.advance({ hours: 1 });
  const lead = await desk.person('Lea', 'lead');
  const { component: dbNow } = await lead.catalog.component({ number: db.number });
  await lead.catalog.retireComponent({ number: db.number, version: dbNow.version });

  const then = await vera.catalog.impact({ failed: [db.number], at: linked });
  assert.deepEqual(
    then.reached.map(({ record, becomes, tier }) => [record.title, becomes, tier]),
    [['Orders', 'down', 3]],
  );
  assert.equal((await vera.catalog.impact({ failed: [db.number], at: new Date(desk.now() - 3_600_000).toISOString() })).reached[0]?.becomes, 'degraded');
  assert.equal((await refusalOf(vera.catalog.impact({ failed: [db.number] }))).kind, 'missing', 'it is not in the catalog any more');
  assert.equal((await vera.catalog.graph({ number: app.number, at: linked })).edges.length, 1);
  assert.equal((await vera.catalog.graph({ number: app.number })).edges.length, 0);

  const moved = await vera.catalog.differences({ from: linked, until: new Date(desk.now()).toISOString() });
  assert.deepEqual(
    moved.records
      .map(({ record, change, fields }) => [record.title, change, fields.map(({ field, before, after }) => `${field}: ${before} → ${after}`)] as const)
      .toSorted(([a], [b]) => byText(a, b)),
    [
      ['Orders', 'changed', ['capability:  → Take orders', 'tier: 3 → 2']],
      ['orders-db', 'retired', []],
    ],
  );
  assert.deepEqual(
    moved.edges.map(({ provider, change }) => [provider.title, change]),
    [['orders-db', 'ended']],
  );
  const { items } = await vera.catalog.states({ number: app.number });
  assert.deepEqual(
    items.map(({ fields, endedAt }) => [fields.length, endedAt === null]),
    [
      [2, true],
      [0, false],
    ],
  );
});

test('an answer takes in what was written a moment before, on any number of changes at once', async () => {
  const root = await component('core-sw', 'host');
  const leaves = await Promise.all(Array.from({ length: 12 }, (_, i) => bo.catalog.create({ name: `Leaf ${i}` })));
  const answers = await Promise.all(
    leaves.map(async (leaf) => {
      await bo.catalog.addEdge({ provider: root.number, consumer: leaf.number });
      return vera.catalog.impact({ failed: [root.number] });
    }),
  );
  for (const [i, answer] of answers.entries())
    assert.ok(
      answer.reached.some(({ record }) => record.number === leaves[i]!.number),
      `leaf ${i} falls in the answer behind its edge`,
    );
  assert.equal((await vera.catalog.impact({ failed: [root.number] })).down, 12);
});
