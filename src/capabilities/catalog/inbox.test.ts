import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { writeAs } from '#kernel/act.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { upload } from '#testing/uploads.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

let desk: TestDesk;
let lena: TestPerson;
let bo: TestPerson;
let vera: TestPerson;
before(async () => {
  desk = await openTestDesk();
  lena = await desk.person('Lena', 'lead');
  bo = await desk.person('Bo', 'responder');
  vera = await desk.person('Vera', 'viewer');
});
after(() => desk.close());

async function check() {
  await writeAs(desk.desk, SYSTEM, (ctx) => ctx.enqueue('catalog.findCards', {}), 'quiet');
  await desk.drain();
}

async function imported(name: string, csv: string) {
  const source = await lena.catalog.createImport({ name, format: 'csv' });
  return { source, again: (text: string) => read(source.number, text), run: await read(source.number, csv) };
}

async function read(number: string, csv: string) {
  const { run } = await upload({ url: desk.url, token: lena.token }, number, { 'hosts.csv': csv });
  await lena.catalog.applyRun({ id: run });
  await desk.drain();
  return lena.catalog.run({ id: run });
}

const cards = async (kind?: 'disagreement' | 'duplicate' | 'unseen' | 'owner left' | 'missing') => (await vera.catalog.inbox({ limit: 200, ...(kind ? { kind } : {}) })).items;

test('two sources that disagree are a question with evidence; the answer is written and not asked again', async () => {
  await imported('CMDB export', 'name,type,address\napp-1,vm,10.0.0.1\n');
  const { again } = await imported('Hypervisor', 'name,type,address\napp-1,vm,10.0.0.99\n');
  const [card] = await cards('disagreement');
  assert.equal(card?.sentence, 'app-1 and its sources do not say the same address.');
  assert.deepEqual(
    card?.says.map(({ import: source, value }) => [source?.title ?? 'record', value]),
    [
      ['record', '10.0.0.1'],
      ['Hypervisor', '10.0.0.99'],
    ],
  );
  assert.match(card?.refused ?? '', /role responder/);
  assert.equal((await refusalOf(vera.catalog.answerCard({ id: card!.id, choice: 'keep' }))).kind, 'forbidden');
  assert.equal((await refusalOf(bo.catalog.answerCard({ id: card!.id, choice: 'take:IMP-99' }))).kind, 'invalid');
  const settled = await bo.catalog.answerCard({ id: card!.id, choice: card!.choices[1]!.choice });
  assert.deepEqual([settled.state, settled.settledHow], ['settled', 'Take what Hypervisor says']);
  assert.equal((await bo.catalog.components({ q: 'app-1' })).items[0]?.address, '10.0.0.99');
  await check();
  const [other] = await cards('disagreement');
  assert.deepEqual(
    other?.says.map(({ import: source, value }) => [source?.title ?? 'record', value]),
    [
      ['record', '10.0.0.99'],
      ['CMDB export', '10.0.0.1'],
    ],
  );
  await bo.catalog.answerCard({ id: other!.id, choice: 'keep' });
  await check();
  assert.equal((await cards('disagreement')).length, 0, 'kept means kept');
  assert.match((await refusalOf(bo.catalog.answerCard({ id: other!.id, choice: 'keep' }))).sentence, /is answered/);
  await again('name,type,address\napp-1,vm,10.0.0.77\n');
  assert.equal((await bo.catalog.components({ q: 'app-1' })).items[0]?.address, '10.0.0.77', 'a source may change what is still its own word');
  await check();
  assert.equal((await cards('disagreement')).length, 1, 'new evidence opens the question again');
});

test('a question can be left alone until a time, and settles itself when it is no longer so', async () => {
  const [card] = await cards('disagreement');
  assert.match((await refusalOf(bo.catalog.ignoreCard({ id: card!.id, until: new Date(desk.now() - 1000).toISOString(), reason: 'too late' }))).sentence, /still to come/);
  await bo.catalog.ignoreCard({ id: card!.id, until: new Date(desk.now() + 3 * 86_400_000).toISOString(), reason: 'Migration runs until Friday' });
  await check();
  assert.equal((await cards('disagreement')).length, 0);
  await desk.advance({ days: 4 });
  await check();
  assert.equal((await cards('disagreement')).length, 1);
  const { component } = await bo.catalog.component({ number: card!.record.number });
  await bo.catalog.updateComponent({ number: component.number, version: component.version, address: '10.0.0.1' });
  await check();
  const open = await cards('disagreement');
  assert.deepEqual(
    open.map(({ says }) => says.at(-1)?.import?.title),
    ['Hypervisor'],
    'the other source is the one that differs now',
  );
});

test('two components that are one are merged: dependencies, links, sources and both pasts stay', async () => {
  const keep = await bo.catalog.createComponent({ name: 'ldap-01', type: 'directory', address: 'ldap.example.com' });
  const shop = await bo.catalog.create({ name: 'Login', summary: 'Sign-in', tier: 3 });
  const wiki = await bo.catalog.create({ name: 'Wiki', summary: 'Pages', tier: 4 });
  await bo.catalog.addEdge({ provider: keep.number, consumer: shop.number });
  await imported('Discovery', 'name,type,address,cloud id\nLDAP 1 (new),directory,ldap.example.com,i-77\n');
  const merged = (await bo.catalog.components({ q: 'LDAP' })).items;
  assert.equal(merged.length, 1, 'the address finds it: no second one is made');
  const twin = await bo.catalog.createComponent({ name: 'LDAP-01', type: 'directory', cloudId: 'i-78', tags: ['old'] });
  await bo.catalog.addEdge({ provider: twin.number, consumer: shop.number, impact: 'soft' });
  await bo.catalog.addEdge({ provider: twin.number, consumer: wiki.number });
  await bo.records.link({ number: twin.number, to: wiki.number, relation: 'related to' });
  await check();
  const [card] = await cards('duplicate');
  assert.match(card!.sentence, /have the same name: .* Are they one\?/);
  const choice = card!.record.number === keep.number ? 'merge' : 'merge into the other';
  await bo.catalog.answerCard({ id: card!.id, choice });
  const graph = await vera.catalog.graph({ number: keep.number, hops: 1 });
  assert.deepEqual(graph.nodes.map(({ name }) => name).toSorted(), ['Login', 'Wiki', 'ldap-01']);
  assert.deepEqual(
    (await vera.records.links({ number: keep.number })).items.map(({ record }) => record.number),
    [wiki.number],
  );
  const gone = await vera.catalog.component({ number: twin.number });
  assert.deepEqual([gone.component.lifecycle, gone.component.mergedInto?.number], ['retired', keep.number]);
  const { component } = await vera.catalog.component({ number: keep.number });
  assert.deepEqual(component.tags, ['old']);
  assert.ok((await vera.records.timeline({ number: keep.number })).items.some(({ did }) => did === 'component.merged'));
  await check();
  assert.equal((await cards('duplicate')).length, 0);
  assert.match((await refusalOf(bo.catalog.mergeComponents({ number: keep.number, version: component.version, other: shop.number }))).sentence, /not a component/);
});

test('a machine that one person calls a host and another a virtual machine is asked about', async () => {
  await bo.catalog.createComponent({ name: 'build-7', type: 'host' });
  await bo.catalog.createComponent({ name: 'Build 7', type: 'vm' });
  await bo.catalog.createComponent({ name: 'build-7', type: 'database' });
  await check();
  assert.equal((await cards('duplicate')).filter(({ sentence }) => /build.?7/i.test(sentence)).length, 1);
});

test('a missing owner, an owner who left and an edge that no source sees are asked for', async () => {
  const team = await lena.people.createTeam({ name: 'Storage' });
  const bare = await bo.catalog.create({ name: 'Backups', tier: 2 });
  await check();
  const missing = (await cards('missing')).find(({ record }) => record.number === bare.number);
  assert.equal(missing?.sentence, 'Backups does not say who owns it, what it is for, how many users it affects.');
  const { service } = await bo.catalog.get({ number: bare.number });
  await lena.catalog.update({ number: bare.number, version: service.version, team: team.number, summary: 'Nightly', usersAffected: 10 });
  await check();
  assert.ok(!(await cards('missing')).some(({ record }) => record.number === bare.number));

  const ada = await desk.person('Ada', 'responder');
  const owned = await bo.catalog.create({ name: 'Payroll', summary: 'Pays people', tier: 3, team: team.number, lead: ada.number });
  const { person } = await desk.people.get({ number: ada.number });
  await desk.people.leave({ number: ada.number, version: person.version });
  await check();
  const [left] = await cards('owner left');
  assert.equal(left?.sentence, 'Payroll belongs to Ada, who is no longer here.');
  await bo.catalog.answerCard({ id: left!.id, choice: 'assign', team: team.number });
  await check();
  assert.deepEqual([(await cards('owner left')).length, (await bo.catalog.get({ number: owned.number })).service.lead], [0, null]);

  const csv = (rows: string) => `name,type,depends on\n${rows}`;
  const { again } = await imported('Flows', csv('flow-a,vm,\nflow-b,vm,flow-a\nflow-c,vm,\n'));
  const byName = async (q: string) => (await bo.catalog.components({ q })).items[0]!.number;
  await bo.catalog.addEdge({ provider: await byName('flow-a'), consumer: await byName('flow-c') });
  await desk.advance({ days: 31 });
  await again(csv('flow-a,vm,\nflow-b,vm,flow-a\nflow-c,vm,\n'));
  const unseen = await cards('unseen');
  assert.deepEqual(
    unseen.map(({ sentence }) => sentence),
    ['No source has seen for 30 days that flow-c needs flow-a. Is it still so?'],
  );
  await bo.catalog.answerCard({ id: unseen[0]!.id, choice: 'confirm' });
  await check();
  assert.equal((await cards('unseen')).length, 0);
});
