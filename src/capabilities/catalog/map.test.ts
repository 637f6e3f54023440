import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

let desk: TestDesk;
let bo: TestPerson;
let vera: TestPerson;
let lead: TestPerson;
const number: Record<string, string> = {};

/** site → rack → hosts → db (either host is enough) → api → shop; mail is soft on api; wiki rests on the rack too. */
before(async () => {
  desk = await openTestDesk();
  [bo, lead, vera] = [await desk.person('Bo', 'responder'), await desk.person('Lena', 'lead'), await desk.person('Vera', 'viewer')];
  const team = await lead.people.createTeam({ name: 'Shop team' });
  for (const [name, type] of Object.entries({ site: 'site', rack: 'rack', 'host-1': 'host', 'host-2': 'host', db: 'database' } as const))
    number[name] = (await bo.catalog.createComponent({ name, type })).number;
  for (const [name, tier] of Object.entries({ api: 2, shop: 2, mail: 3, wiki: 4 }))
    number[name] = (await bo.catalog.create({ name, tier, usersAffected: tier * 10, ...(name === 'shop' && { team: team.number }) })).number;
  const edges = [
    ['site', 'rack'],
    ['rack', 'host-1'],
    ['rack', 'host-2'],
    ['host-1', 'db'],
    ['host-2', 'db'],
    ['db', 'api'],
    ['api', 'shop'],
    ['api', 'mail', 'soft'],
    ['rack', 'wiki'],
  ] as const;
  for (const [provider, consumer, impact = 'hard'] of edges) await bo.catalog.addEdge({ provider: number[provider]!, consumer: number[consumer]!, impact });
});
after(() => desk.close());

const fates = ({ nodes }: Awaited<ReturnType<TestPerson['catalog']['map']>>) => Object.fromEntries(nodes.flatMap(({ name, falls }) => (falls ? [[name, falls]] : [])));

test('what fits is all open; groups that are not asked for are closed, and lines lead to them', async () => {
  const all = await vera.catalog.map({ by: 'tier' });
  assert.deepEqual([all.total, all.hiddenCount, all.moreCount], [{ services: 4, components: 5, edges: 9 }, 0, 0]);
  assert.deepEqual(
    all.groups.map(({ key, isOpen, nodeCount }) => [key, isOpen, nodeCount]),
    [
      ['tier-2', true, 2],
      ['tier-3', true, 1],
      ['tier-4', true, 1],
      ['tier-none', true, 5],
    ],
  );
  assert.equal(all.nodes.length, 9);
  const some = await vera.catalog.map({ by: 'tier', open: ['tier-2'] });
  assert.deepEqual(some.nodes.map(({ name }) => name).toSorted(), ['api', 'shop']);
  assert.deepEqual(
    new Set(some.edges.map(({ from, to, count, impact }) => `${from} ${to} ${count} ${impact}`)),
    new Set([`${number['api']} ${number['shop']} 1 hard`, `${number['api']} tier-3 1 soft`, `tier-none ${number['api']} 1 hard`, 'tier-none tier-4 1 hard']),
  );
});

test('groups are teams, types, or the nearest site', async () => {
  const labels = async (by: 'team' | 'type' | 'site') => (await vera.catalog.map({ by })).groups.map(({ label, nodeCount }) => `${label} ${nodeCount}`);
  assert.deepEqual(await labels('team'), ['Shop team 1', 'Nobody owns it 8']);
  assert.deepEqual(await labels('type'), ['Services 4', 'Databases 1', 'Hosts 2', 'Racks 1', 'Sites 1']);
  assert.deepEqual(await labels('site'), ['site 9']);
});

test('the focus shows what is around one record, each way or one', async () => {
  const names = async (input: { hops?: number; towards?: 'providers' | 'consumers' }) =>
    (await vera.catalog.map({ focus: number['db']!, ...input })).nodes.map(({ name }) => name).toSorted();
  assert.deepEqual(await names({ hops: 1 }), ['api', 'db', 'host-1', 'host-2']);
  assert.deepEqual(await names({ towards: 'consumers' }), ['api', 'db', 'mail', 'shop']);
  assert.deepEqual(await names({ hops: 6, towards: 'providers' }), ['db', 'host-1', 'host-2', 'rack', 'site']);
  assert.equal((await refusalOf(vera.catalog.map({ focus: 'CMP-999' }))).kind, 'missing');
});

test('marked records let others fall, with reason and way; what is not impacted holds it up', async () => {
  const failed = await vera.catalog.map({ failed: [number['host-1']!] });
  assert.deepEqual(fates(failed), { 'host-1': 'failed', db: 'down', api: 'down', shop: 'down', mail: 'degraded' });
  assert.deepEqual(
    failed.falls.list.map(({ name, becomes, why }) => [name, becomes, why]),
    [
      ['api', 'down', 'It needs db, which is down.'],
      ['shop', 'down', 'It needs api, which is down.'],
      ['db', 'down', 'It needs host-1, which is down.'],
      ['mail', 'degraded', 'It uses api, which is down; without it, it works in part.'],
    ],
  );
  assert.deepEqual(
    failed.falls.list[1]?.path.map((step) => step?.name),
    ['host-1', 'db', 'api', 'shop'],
  );
  assert.deepEqual([failed.falls.down, failed.falls.degraded], [3, 1]);
  const spared = await vera.catalog.map({ failed: [number['host-1']!], spared: [number['db']!] });
  assert.deepEqual(fates(spared), { 'host-1': 'failed', db: 'spared' });
  assert.equal((await refusalOf(vera.catalog.map({ failed: Array.from({ length: 21 }, (_, i) => `CMP-${i + 1}`) }))).status, 422);
});

test('what one may not see passes failures on, is counted and not named', async () => {
  const { number: secret } = await bo.catalog.create({ name: 'Secret ledger' });
  await bo.catalog.addEdge({ provider: number['db']!, consumer: secret });
  await bo.catalog.addEdge({ provider: secret, consumer: number['wiki']! });
  await sql`update record set visibility = 'restricted' where number = ${secret}`.execute(desk.desk.db);
  const seen = await vera.catalog.map({ failed: [number['db']!] });
  assert.equal(seen.hiddenCount, 1);
  assert.deepEqual(seen.falls.hidden, { down: 1, degraded: 0, reduced: 0 });
  const wiki = seen.falls.list.find(({ name }) => name === 'wiki');
  assert.equal(wiki?.why, 'It needs a record you cannot see, which is down.');
  assert.deepEqual(
    wiki?.path.map((step) => step?.name ?? null),
    ['db', null, 'wiki'],
  );
  assert.doesNotMatch(JSON.stringify(seen), new RegExp(`Secret ledger|${secret}"`));
  assert.equal((await refusalOf(vera.catalog.map({ failed: [secret] }))).kind, 'missing');
});

test('the graph of an earlier instant has what was there then', async () => {
  const before = new Date(desk.now()).toISOString();
  await desk.advance({ minutes: 10 });
  const { number: later } = await bo.catalog.create({ name: 'Later' });
  await bo.catalog.addEdge({ provider: number['db']!, consumer: later });
  const [then, now] = [await vera.catalog.map({ at: before }), await vera.catalog.map({})];
  assert.deepEqual([then.nodes.some(({ name }) => name === 'Later'), now.nodes.some(({ name }) => name === 'Later')], [false, true]);
  assert.equal(now.total.edges - then.total.edges, 1);
  assert.equal(then.nodes[0]?.health.words, 'Health is known for the present only');
  assert.ok(then.firstAt !== null && then.firstAt <= before);
  assert.equal((await refusalOf(vera.catalog.map({ at: before, failed: [later] }))).fields[0]?.field, 'at');
});

test('more than can be read is closed at first, and an open group shows its most important part', async () => {
  const large = await openTestDesk();
  try {
    const viewer = await large.person('Vera', 'viewer');
    const at = new Date(large.now()).toISOString();
    await sql`
      with made as (
        insert into record (id, kind, number, title, opened_at, changed_at)
        select gen_random_uuid(), 'component', 'CMP-' || i, 'vm ' || i, ${at}, ${at} from generate_series(1, 600) i returning id
      ), kept as (insert into catalog_component (id, type, lifecycle, links) select id, 'vm', 'live', '[]' from made)
      insert into activity (id, record_id, did, via, at, data, data_hash)
      select gen_random_uuid(), id, 'component.created', 'desk', ${at}::timestamptz, '{}'::jsonb, '\\x00'::bytea from made`.execute(large.desk.db);
    await sql`
      insert into catalog_edge (id, provider_id, consumer_id, impact, source, first_seen, last_seen, begun_at)
      select gen_random_uuid(), p.id, c.id, 'hard', 'declared', ${at}, ${at}, ${at} from record p, record c where p.number = 'CMP-599' and c.number = 'CMP-600'`.execute(
      large.desk.db,
    );
    const closed = await viewer.catalog.map({ by: 'type' });
    assert.deepEqual([closed.groups.map(({ isOpen, nodeCount }) => [isOpen, nodeCount]), closed.nodes.length], [[[false, 600]], 0]);
    const open = await viewer.catalog.map({ by: 'type', open: ['type-vm'], failed: ['CMP-599'] });
    assert.deepEqual([open.nodes.length, open.moreCount], [500, 100]);
    assert.deepEqual(
      open.nodes.slice(0, 2).map(({ number: own, falls }) => [own, falls]),
      [
        ['CMP-599', 'failed'],
        ['CMP-600', 'down'],
      ],
    );
  } finally {
    await large.close();
  }
});
