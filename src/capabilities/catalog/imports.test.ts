import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { writeAs } from '#kernel/act.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { upload, type Files } from '#testing/uploads.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

const SAMPLES = join(import.meta.dirname, '../../testing/samples');
let desk: TestDesk;
let lena: TestPerson;
let bo: TestPerson;
let root: string;
before(async () => {
  root = mkdtempSync(join(tmpdir(), 'qd-imports-'));
  desk = await openTestDesk({ env: { QD_IMPORT_DIR: root } });
  lena = await desk.person('Lena', 'lead');
  bo = await desk.person('Bo', 'responder');
});
after(async () => {
  await desk.close();
  rmSync(root, { recursive: true, force: true });
});

/** What the desk does by the clock on its own. */
async function tick(task: 'catalog.readDue' | 'catalog.archiveStale' | 'catalog.findCards') {
  await writeAs(desk.desk, SYSTEM, (ctx) => ctx.enqueue(task, {}), 'quiet');
  await desk.drain();
}

const send = (number: string, files: Files, token = lena.token) => upload({ url: desk.url, token }, number, files);

async function planned(number: string, files: Files) {
  const { status, run } = await send(number, files);
  assert.equal(status, 200);
  return lena.catalog.run({ id: run, limit: 500 });
}

async function applied(number: string, files: Files) {
  const { run } = await planned(number, files);
  await lena.catalog.applyRun({ id: run.id });
  await desk.drain();
  return lena.catalog.run({ id: run.id, limit: 500 });
}

const INVENTORY = `[web]
web-1 ansible_host=10.1.0.1
web-2 ansible_host=10.1.0.2
[db]
db-1 ansible_host=10.1.0.9 ansible_password=hunter2hunter2
`;

test('an inventory is looked at, applied, and read again without a change; nothing is deleted', async () => {
  const source = await lena.catalog.createImport({ name: 'Production inventory', format: 'ansible', archiveAfterDays: 14 });
  const plan = await planned(source.number, { 'hosts.ini': INVENTORY });
  assert.deepEqual(
    [plan.run.state, plan.run.counts.create, plan.changes.map(({ op, name }) => `${op} ${name}`).toSorted()],
    ['planned', 3, ['create db-1', 'create web-1', 'create web-2']],
  );
  assert.equal((await lena.catalog.components({ q: 'web-1' })).items.length, 0, 'a plan writes nothing');

  const done = await applied(source.number, { 'hosts.ini': INVENTORY });
  assert.equal(done.run.state, 'applied');
  const [web1] = (await bo.catalog.components({ q: 'web-1' })).items;
  assert.deepEqual([web1?.type, web1?.address, web1?.lifecycle], ['host', '10.1.0.1', 'live']);
  const before = await sql<{ n: number }>`select count(*)::int as n from record`.execute(desk.desk.db);
  const again = await applied(source.number, { 'hosts.ini': INVENTORY });
  assert.deepEqual([again.run.counts.create, again.run.counts.change, again.run.counts.same, again.run.sentence], [0, 0, 3, 'Nothing differs from the catalog.']);
  assert.deepEqual((await sql`select count(*)::int as n from record`.execute(desk.desk.db)).rows, before.rows);

  const moved = await applied(source.number, {
    'hosts.ini': INVENTORY.replace('10.1.0.2', '10.1.0.22')
      .replace('[db]\n', '')
      .replace(/^db-1.*\n/m, ''),
  });
  assert.deepEqual([moved.run.counts.change, moved.run.counts.stale], [1, 1]);
  assert.deepEqual(moved.changes.find(({ op }) => op === 'change')?.fields, [{ field: 'address', before: '10.1.0.2', after: '10.1.0.22' }]);
  assert.equal((await bo.catalog.components({ q: 'db-1' })).items.length, 1, 'what is stale is still there');
  await tick('catalog.archiveStale');
  assert.equal((await bo.catalog.components({ q: 'db-1' })).items.length, 1, 'not before its days are over');
  await desk.advance({ days: 15 });
  await tick('catalog.archiveStale');
  assert.equal((await bo.catalog.components({ q: 'db-1' })).items.length, 0);
  const [archived] = (await bo.catalog.components({ q: 'db-1', lifecycle: ['retired'] })).items;
  assert.ok(archived, 'archived, not deleted');
  assert.ok((await bo.records.timeline({ number: archived.number })).items.some(({ did }) => did === 'catalog.archived'));

  const back = await applied(source.number, { 'hosts.ini': INVENTORY });
  assert.deepEqual([back.run.counts.return, (await bo.catalog.components({ q: 'db-1' })).items[0]?.number], [1, archived.number]);
});

test('what a person changed stays, and says so; a record that is there already is matched', async () => {
  const declared = await bo.catalog.createComponent({ name: 'Mail 01', type: 'host', address: '10.2.0.1', summary: 'Postfix' });
  const source = await lena.catalog.createImport({
    name: 'Mail hosts',
    format: 'csv',
    options: { columns: { name: 'name', type: 'type', address: 'address', summary: 'summary' } },
  });
  const csv = (summary: string) => `name,type,address,summary\nmail-01,host,10.2.0.1,${summary}\nmail-02,host,10.2.0.2,Relay\n`;
  const first = await applied(source.number, { 'mail.csv': csv('Mail server') });
  assert.deepEqual(first.changes.map(({ op, name }) => `${op} ${name}`).toSorted(), ['conflict Mail 01', 'create mail-02', 'match Mail 01']);
  assert.match(first.changes.find(({ op }) => op === 'match')!.because, /same address of a machine/);
  assert.equal((await bo.catalog.component({ number: declared.number })).component.summary, 'Postfix');
  const [second] = (await bo.catalog.components({ q: 'mail-02' })).items;
  await bo.catalog.updateComponent({ number: second!.number, version: second!.version, summary: 'Relay for branch offices' });
  const next = await applied(source.number, { 'mail.csv': csv('Mail server').replace('Relay', 'Smart host') });
  assert.equal((await bo.catalog.component({ number: second!.number })).component.summary, 'Relay for branch offices');
  assert.ok(next.changes.some(({ op, name }) => op === 'conflict' && name === 'mail-02'));
});

test('the largest Backstage sample comes in with its edges, findings and owners; a broken file orphans nothing', async () => {
  const folder = join(SAMPLES, 'backstage/1-Platform+one-platform');
  const files = Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [join(entry.parentPath, entry.name).slice(folder.length + 1), readFileSync(join(entry.parentPath, entry.name))]),
  );
  const source = await lena.catalog.createImport({ name: 'One Platform', format: 'backstage' });
  const { run, owners, findings } = await applied(source.number, files);
  assert.equal(run.state, 'applied');
  assert.ok(run.counts.create >= 15 && run.counts.edges >= 10, run.sentence);
  assert.ok(findings.length > 0);
  assert.equal(owners.length, 0, 'the reading is not kept once it is applied');
  const [couch] = (await bo.catalog.components({ q: 'Native Apps MongoDB' })).items;
  assert.ok((await bo.catalog.impact({ failed: [couch!.number] })).down > 0);
  const broken = await applied(source.number, { ...files, 'catalog/resources/CouchDB.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: [broken' });
  assert.deepEqual([broken.run.complete, broken.run.counts.stale], [false, 0]);
  const { source: shown } = await bo.catalog.import({ number: source.number });
  assert.deepEqual([shown.stale, shown.records], [0, run.counts.create]);
});

test('no password of a Terraform state is anywhere in the database, and an old state is refused', async () => {
  const source = await lena.catalog.createImport({ name: 'AWS', format: 'terraform' });
  for (const name of readdirSync(join(SAMPLES, 'terraform')).filter((one) => /\.(tfstate|json)$/.test(one))) {
    const { status, run: id } = await send(source.number, { [name]: readFileSync(join(SAMPLES, 'terraform', name)) });
    assert.equal(status, 200, name);
    const { run } = await lena.catalog.run({ id });
    if (run.state === 'planned') await lena.catalog.applyRun({ id: run.id });
    else assert.match(run.sentence, /Nothing is changed/, name);
    await desk.drain();
  }
  const state = (serial: number) => JSON.stringify({ version: 4, serial, lineage: 'b1', terraform_version: '1.9.0', outputs: {}, resources: [] });
  await applied(source.number, { 'x.tfstate': state(7) });
  const old = await planned(source.number, { 'x.tfstate': state(6) });
  assert.deepEqual([old.run.state, /its serial is 6, and 7 was applied/.test(old.run.sentence)], ['refused', true]);
  const { rows: tables } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(desk.desk.db);
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)} t where t::text ~ 'foobarbaz|hunter2'`.execute(desk.desk.db);
    assert.equal(rows[0]?.n, 0, `${name} holds a password`);
  }
});

test('a directory is read on its schedule, applied by itself, and never outside of its root', async () => {
  mkdirSync(join(root, 'prod/group_vars'), { recursive: true });
  writeFileSync(join(root, 'prod/hosts.ini'), '[edge]\nedge-1 ansible_host=10.3.0.1\n');
  const outside = mkdtempSync(join(tmpdir(), 'qd-outside-'));
  writeFileSync(join(outside, 'secret.ini'), '[x]\nescaped-1\n');
  symlinkSync(join(outside, 'secret.ini'), join(root, 'prod/link.ini'));
  symlinkSync(outside, join(root, 'out'));
  const source = await lena.catalog.createImport({ name: 'Edge', format: 'ansible', path: 'prod', everyMinutes: 30, applies: 'by itself' });
  await tick('catalog.readDue');
  assert.equal((await bo.catalog.components({ q: 'edge-1' })).items.length, 1);
  assert.equal((await bo.catalog.components({ q: 'escaped' })).items.length, 0);
  const runs = async () => (await bo.catalog.import({ number: source.number })).runs;
  assert.equal((await runs()).length, 1);
  await desk.advance({ minutes: 31 });
  await tick('catalog.readDue');
  assert.equal((await runs()).length, 1, 'a read that finds nothing new leaves no run behind');
  cpSync(join(root, 'prod/hosts.ini'), join(root, 'prod/hosts.bak'));
  writeFileSync(join(root, 'prod/hosts.ini'), '[edge:nonsense]\nbroken');
  await desk.advance({ minutes: 31 });
  await tick('catalog.readDue');
  assert.equal((await runs())[0]?.state, 'refused');
  assert.equal((await bo.catalog.components({ q: 'edge-1' })).items[0]?.lifecycle, 'live');
  assert.equal((await refusalOf(lena.catalog.createImport({ name: 'Bad', format: 'ansible', path: '../etc' }))).kind, 'invalid');
  const escaping = await lena.catalog.createImport({ name: 'Out', format: 'ansible', path: 'out' });
  await lena.catalog.readImport({ number: escaping.number });
  await desk.drain();
  const [refusedRun] = (await bo.catalog.import({ number: escaping.number })).runs;
  assert.match(refusedRun!.sentence, /leads out of the import directory/);
  rmSync(outside, { recursive: true });
});

test('a plan that waits for an answer stays until the next read is due, and the wizard sees the columns of a table', async () => {
  mkdirSync(join(root, 'slow'), { recursive: true });
  writeFileSync(join(root, 'slow/hosts.ini'), '[slow]\nslow-1 ansible_host=10.5.0.1\n');
  const source = await lena.catalog.createImport({ name: 'Slow', format: 'ansible', path: 'slow', everyMinutes: 60 });
  const shown = async () => lena.catalog.import({ number: source.number });
  const states = async () => (await shown()).runs.map(({ state }) => state);
  assert.equal(source.nextAt, source.openedAt, 'due since it was added');
  await tick('catalog.readDue');
  assert.deepEqual(await states(), ['planned']);
  const before = await shown();
  assert.equal(Date.parse(before.source.nextAt!), Date.parse(before.runs[0]!.at) + 3_600_000);
  await desk.advance({ minutes: 10 });
  await tick('catalog.readDue');
  assert.deepEqual(await states(), ['planned'], 'not read again while somebody looks at the plan');
  await desk.advance({ minutes: 51 });
  await tick('catalog.readDue');
  assert.deepEqual(await states(), ['planned'], 'the same plan again is no new one');
  writeFileSync(join(root, 'slow/hosts.ini'), '[slow]\nslow-1 ansible_host=10.5.0.2\n');
  await desk.advance({ minutes: 61 });
  await tick('catalog.readDue');
  assert.deepEqual(await states(), ['planned', 'discarded']);

  const look = await lena.catalog.lookAtCsv({ base64: Buffer.from('Hostname;Owner\nweb-1;Platform\n').toString('base64') });
  assert.deepEqual([look.headers, look.rows, look.suggested], [['Hostname', 'Owner'], [['web-1', 'Platform']], { name: 'Hostname', owner: 'Owner' }]);
  assert.ok(look.fields.includes('dependsOn'));
  assert.equal((await refusalOf(bo.catalog.lookAtCsv({ base64: 'QQ==' }))).kind, 'forbidden');
});

test('changes of a run are asked for by kind', async () => {
  const source = await lena.catalog.createImport({ name: 'Kinds', format: 'csv' });
  const { run } = await planned(source.number, { 'a.csv': 'name,depends on\nkind-a,\nkind-b,kind-a\n' });
  const ops = async (op: ('create' | 'edge' | 'edge ended')[]) => (await lena.catalog.run({ id: run.id, op })).changes.map((change) => change.op);
  assert.deepEqual([await ops(['edge', 'edge ended']), await ops(['create'])], [['edge'], ['create', 'create']]);
  const { written } = await lena.catalog.run({ id: run.id });
  assert.equal(written, null, 'nothing is written before it is applied');
});

test('a plan that the catalog has overtaken is not applied, a run is answered once, and only leads import', async () => {
  const source = await lena.catalog.createImport({ name: 'Overtaken', format: 'ansible' });
  const { run } = await planned(source.number, { 'h.ini': '[a]\nover-1 ansible_host=10.4.0.1\n' });
  await bo.catalog.createComponent({ name: 'over-1', type: 'host', address: '10.4.0.1' });
  await lena.catalog.applyRun({ id: run.id });
  await desk.drain();
  const { runs } = await bo.catalog.import({ number: source.number });
  assert.deepEqual(
    runs.map(({ state }) => state),
    ['planned', 'refused'],
  );
  assert.match(runs[1]!.sentence, /has changed since this plan was made/);
  assert.match((await refusalOf(lena.catalog.applyRun({ id: run.id }))).sentence, /refused/);
  await lena.catalog.discardRun({ id: runs[0]!.id });
  assert.match((await refusalOf(lena.catalog.applyRun({ id: runs[0]!.id }))).sentence, /put away/);
  assert.equal((await send(source.number, { 'h.ini': 'x' }, bo.token)).status, 403);
  assert.equal((await send('IMP-999', { 'h.ini': 'x' })).status, 404);
  const { run: refused } = await send(source.number, { '../../etc/passwd': 'root' });
  const bad = await lena.catalog.run({ id: refused });
  assert.deepEqual([bad.run.state, bad.findings[0]?.code], ['refused', 'outside-root']);
});
