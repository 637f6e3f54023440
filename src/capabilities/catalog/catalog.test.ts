import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

let desk: TestDesk;
let bo: TestPerson;
let lena: TestPerson;
let vera: TestPerson;

before(async () => {
  desk = await openTestDesk();
  bo = await desk.person('Bo', 'responder');
  lena = await desk.person('Lena', 'lead');
  vera = await desk.person('Vera', 'viewer');
});
after(() => desk.close());

test('a service has an owner, a lead, links and says that nothing watches it', async () => {
  const team = await lena.people.createTeam({ name: 'Payments team' });
  const made = await bo.catalog.create({
    name: 'Payments API',
    summary: 'Takes card payments',
    tier: 2,
    team: team.number,
    lead: lena.number,
    usersAffected: 1400,
    links: [{ label: 'Runbook', url: 'https://wiki.example.com/pay' }],
  });
  assert.equal(made.slug, 'payments-api');
  const { service, facts, edges, may } = await vera.catalog.get({ number: made.number });
  assert.equal(service.team?.number, team.number);
  assert.equal(service.lead?.title, 'Lena');
  assert.deepEqual(service.health, { state: 'unknown', words: 'No check or alert source watches it', record: null });
  assert.deepEqual([facts, edges], [[], { providers: 0, consumers: 0 }]);
  assert.match(may.update ?? '', /role responder/);
  assert.equal((await lena.catalog.get({ number: made.number })).may.retire, null);
});

test('a slug belongs to one service', async () => {
  const refusal = await refusalOf(bo.catalog.create({ name: 'Other', slug: 'payments-api' }));
  assert.equal(refusal.status, 422);
  assert.equal(refusal.fields[0]?.field, 'slug');
  assert.equal((await refusalOf(bo.catalog.create({ name: 'Other', slug: 'Not A Slug' }))).status, 422);
});

test('a responder changes a service, but tier 1 and retiring are for a lead', async () => {
  const made = await bo.catalog.create({ name: 'Ledger' });
  const changed = await bo.catalog.update({ number: made.number, version: made.version, summary: 'Books', team: null });
  assert.equal(changed.summary, 'Books');
  assert.equal((await refusalOf(bo.catalog.update({ number: made.number, version: made.version, summary: 'x' }))).kind, 'conflict');
  assert.equal((await refusalOf(bo.catalog.update({ number: made.number, version: changed.version, tier: 1 }))).kind, 'forbidden');
  assert.equal((await refusalOf(bo.catalog.retire({ number: made.number, version: changed.version }))).kind, 'forbidden');
  const first = await lena.catalog.update({ number: made.number, version: changed.version, tier: 1 });
  const retired = await lena.catalog.retire({ number: made.number, version: first.version });
  assert.equal(retired.lifecycle, 'retired');
  assert.equal((await refusalOf(lena.catalog.retire({ number: made.number, version: retired.version }))).sentence, 'This service is retired already.');
  assert.ok(!(await vera.catalog.list({ q: 'Ledger' })).items.some((one) => one.number === made.number));
  assert.equal((await vera.catalog.list({ q: 'Ledger', lifecycle: ['retired'] })).items.length, 1);
});

test('lists go on from page to page without losing or doubling a service, by name and by tier', async () => {
  for (let i = 0; i < 7; i += 1) await lena.catalog.create({ name: `Page ${i % 3}`, slug: `page-${i}`, tier: (i % 4) + 1 });
  for (const sort of ['name', 'tier'] as const) {
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await vera.catalog.list({ q: 'Page', sort, limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((one) => one.slug));
      cursor = page.cursor;
    }
    assert.equal(new Set(seen).size, 7);
    assert.equal(seen.length, 7);
  }
  assert.equal((await vera.catalog.list({ q: 'Page', tier: [1] })).items.length, 2);
  assert.equal((await vera.catalog.list({ q: '100%_' })).items.length, 0);
});

test('components are listed, found by address and changed', async () => {
  const made = await bo.catalog.createComponent({ name: 'db-01', type: 'database', address: '10.0.0.7' });
  assert.equal((await vera.catalog.components({ q: '10.0.0' })).items[0]?.number, made.number);
  const changed = await bo.catalog.updateComponent({ number: made.number, version: made.version, type: 'vm' });
  assert.equal(changed.type, 'vm');
  assert.equal((await vera.catalog.component({ number: made.number })).component.type, 'vm');
  assert.equal((await refusalOf(vera.catalog.component({ number: 'CMP-99' }))).kind, 'missing');
});

test('dependencies are drawn both ways, say what falls, name circles, and end without being forgotten', async () => {
  const san = await bo.catalog.createComponent({ name: 'san-01', type: 'storage' });
  const [db, api, shop, report] = await Promise.all([
    bo.catalog.create({ name: 'erp-db' }),
    bo.catalog.create({ name: 'api' }),
    bo.catalog.create({ name: 'web-shop' }),
    bo.catalog.create({ name: 'report' }),
  ]);
  await bo.catalog.addEdge({ provider: san.number, consumer: db.number });
  const { edge } = await bo.catalog.addEdge({ provider: db.number, consumer: api.number, note: 'orders' });
  await bo.catalog.addEdge({ provider: api.number, consumer: shop.number, impact: 'soft' });
  await bo.catalog.addEdge({ provider: api.number, consumer: report.number, impact: 'none' });
  assert.equal((await refusalOf(bo.catalog.addEdge({ provider: db.number, consumer: api.number }))).kind, 'refused');
  assert.match((await refusalOf(bo.catalog.addEdge({ provider: db.number, consumer: db.number }))).sentence, /depend on itself/);
  assert.match((await refusalOf(bo.catalog.addEdge({ provider: bo.number, consumer: db.number }))).sentence, /neither a service nor a component/);

  const graph = await vera.catalog.graph({ number: api.number });
  assert.deepEqual(
    graph.nodes.map((node) => [node.name, node.hops]),
    [
      ['api', 0],
      ['erp-db', -1],
      ['report', 1],
      ['web-shop', 1],
      ['san-01', -2],
    ],
  );
  assert.equal(graph.edges.length, 4);
  assert.deepEqual([graph.moreCount, graph.hiddenCount], [0, 0]);

  const fallen = await vera.catalog.impact({ failed: [san.number] });
  assert.deepEqual(
    fallen.reached.map((one) => [one.record.title, one.becomes, one.hops]),
    [
      ['erp-db', 'down', 1],
      ['api', 'down', 2],
      ['web-shop', 'degraded', 3],
    ],
  );
  assert.equal(fallen.sentence, 'When san-01 fails, 2 would be down and 1 degraded.');

  const closing = await bo.catalog.addEdge({ provider: shop.number, consumer: db.number, impact: 'soft' });
  assert.equal(closing.cycle, 'This closes a circle: web-shop → erp-db → api → web-shop.');
  await bo.catalog.endEdge({ id: closing.edge.id });

  const softer = await bo.catalog.updateEdge({ id: edge.id, impact: 'soft' });
  assert.notEqual(softer.id, edge.id);
  assert.equal(softer.note, 'orders');
  assert.equal((await vera.catalog.impact({ failed: [san.number] })).reached.find((one) => one.record.number === api.number)?.becomes, 'degraded');
  assert.match((await refusalOf(bo.catalog.updateEdge({ id: edge.id, impact: 'hard' }))).sentence, /has ended/);
  const ended = await bo.catalog.endEdge({ id: softer.id });
  assert.notEqual(ended.endedAt, null);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from catalog_edge where provider_id = ${db.id}`.execute(desk.desk.db);
  assert.equal(rows[0]?.n, 2);
  const { items } = await vera.records.timeline({ number: api.number });
  assert.ok(items.some((entry) => entry.did === 'edge.ended') && items.some((entry) => entry.did === 'edge.changed'));
});

test('what a viewer may not see is counted in the graph and not named', async () => {
  const [open, secret] = [await bo.catalog.create({ name: 'open' }), await bo.catalog.create({ name: 'secret' })];
  const { edge } = await bo.catalog.addEdge({ provider: open.number, consumer: secret.number });
  await sql`update record set visibility = 'restricted' where id = ${secret.id}`.execute(desk.desk.db);
  const graph = await vera.catalog.graph({ number: open.number });
  assert.deepEqual([graph.nodes.map((node) => node.name), graph.edges, graph.hiddenCount], [['open'], [], 1]);
  const fallen = await vera.catalog.impact({ failed: [open.number] });
  assert.deepEqual([fallen.reached, fallen.hiddenCount], [[], 1]);
  assert.deepEqual((await vera.catalog.get({ number: open.number })).edges, { providers: 0, consumers: 0 });
  assert.equal((await refusalOf(bo.catalog.endEdge({ id: edge.id }))).kind, 'missing');
  assert.equal((await refusalOf(vera.catalog.get({ number: secret.number }))).kind, 'missing');
});

test('retiring a service ends its dependencies', async () => {
  const [a, b] = [await lena.catalog.create({ name: 'ra' }), await lena.catalog.create({ name: 'rb' })];
  await lena.catalog.addEdge({ provider: a.number, consumer: b.number });
  const { service } = await lena.catalog.get({ number: a.number });
  await lena.catalog.retire({ number: a.number, version: service.version });
  assert.deepEqual((await vera.catalog.get({ number: b.number })).edges, { providers: 0, consumers: 0 });
  assert.match((await refusalOf(lena.catalog.addEdge({ provider: a.number, consumer: b.number }))).sentence, /is retired/);
});
