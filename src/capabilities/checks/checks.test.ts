import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import * as pg from 'pg';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { runDueChecks } from './index.ts';
import { SHOWN_STATES } from './rules/index.ts';

let desk: TestDesk;
let bo: TestPerson;
let lena: TestPerson;
let vera: TestPerson;
let shop: Server;
let shopUrl: string;
let answer = { status: 200, body: 'all is well' };
let asked = 0;

before(async () => {
  desk = await openTestDesk();
  [bo, lena, vera] = [await desk.person('Bo', 'responder'), await desk.person('Lena', 'lead'), await desk.person('Vera', 'viewer')];
  shop = createServer((_request, response) => {
    asked += 1;
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((done) => {
    shop.listen(0, '127.0.0.1', done);
  });
  shopUrl = `http://127.0.0.1:${(shop.address() as { port: number }).port}/health`;
});
after(async () => {
  shop.close();
  await desk.close();
});

/** Moves on by minutes, running what falls due each half minute. */
async function pass(minutes: number): Promise<void> {
  for (let half = 0; half < minutes * 2; half += 1) {
    await desk.advance({ seconds: 30 });
    await runDueChecks(desk.desk);
  }
  await desk.drain();
}

async function entriesOf(number: string, did: string) {
  return (await vera.records.timeline({ number })).items.filter((entry) => entry.did === did);
}

const ping = (url: string, init?: RequestInit) => fetch(url.replace(/^http:\/\/[^/]+/, desk.url), init);

test('an HTTP check goes down after enough failures, tells its service, and comes up again', async () => {
  const service = await bo.catalog.create({ name: 'Checkout' });
  const made = await bo.checks.create({ name: 'checkout probe', service: service.number, probe: { kind: 'http', url: shopUrl, intervalSeconds: 60, failures: 3, text: 'well' } });
  assert.deepEqual([made.state, made.words, made.origin, made.service?.number], ['new', 'waits for its first result', 'typed', service.number]);
  await pass(2);
  const up = await vera.checks.get({ number: made.number });
  assert.equal(up.check.state, 'up');
  assert.equal((await entriesOf(made.number, 'check.began')).length, 1);
  assert.equal(up.check.version, made.version + 1, 'results alone do not raise the version');
  assert.deepEqual((await vera.catalog.get({ number: service.number })).service.health.state, 'good');

  answer = { status: 503, body: 'all is well' };
  await pass(2);
  const late = (await vera.checks.get({ number: made.number })).check;
  assert.deepEqual([late.state, late.words], ['late', 'failed 2 of 3 times needed: status 503']);
  assert.equal((await vera.catalog.get({ number: service.number })).service.health.state, 'warning');
  await pass(1);
  const [down] = await entriesOf(made.number, 'check.wentDown');
  assert.equal(down?.data['reason'], 'status 503');
  assert.deepEqual([down?.data['check'], down?.data['service'], down?.data['serviceId'], down?.data['checkId']], [made.number, service.number, service.id, made.id]);
  assert.ok(Date.parse(String(down?.data['observedAt'])) <= desk.now());
  await pass(12);
  const { service: failing, facts } = await vera.catalog.get({ number: service.number });
  assert.equal(failing.health.words, 'checkout probe fails for 12 min: status 503');
  assert.equal(facts[0]?.record?.number, made.number);
  assert.equal((await vera.catalog.graph({ number: service.number })).nodes[0]?.health.state, 'critical');
  assert.equal((await entriesOf(made.number, 'check.wentDown')).length, 1);

  answer = { status: 200, body: 'something else' };
  await pass(1);
  assert.equal((await vera.checks.get({ number: made.number })).results[0]?.words, 'the expected text is missing');
  answer = { status: 200, body: 'all is well' };
  await pass(2);
  const back = await vera.checks.get({ number: made.number });
  assert.equal(back.check.state, 'up');
  assert.equal((await entriesOf(made.number, 'check.cameUp')).length, 1);
  assert.deepEqual(
    back.turns.map((turn) => turn.countsAs),
    ['up', 'down', 'up'],
  );
  assert.ok(back.uptime.day !== null && back.uptime.day > 0 && back.uptime.day < 1);
  assert.equal(back.uptime.days.length, 90);
  assert.deepEqual([back.uptime.days[0]?.share, back.uptime.downMinutes], [null, 14]);
});

test('a probe that gives no results is unknown, whatever it said last', async () => {
  const {
    items: [check],
  } = await vera.checks.list({ q: 'checkout' });
  await desk.advance({ hours: 3 });
  const silent = await vera.checks.get({ number: check!.number });
  assert.equal(silent.check.state, 'unknown');
  assert.equal((await vera.checks.list({ state: ['unknown'] })).items.length, 1);
  assert.equal((await vera.checks.list({ state: ['up'] })).items.length, 0);
  await desk.advance({ hours: 5 });
  assert.deepEqual((await vera.checks.get({ number: check!.number })).uptime.month, silent.uptime.month, 'silent hours count neither way');
});

test('a paused check neither runs nor fails, and starts as new when it is resumed', async () => {
  const {
    items: [check],
  } = await vera.checks.list({ q: 'checkout' });
  await pass(1);
  const version = (await vera.checks.get({ number: check!.number })).check.version;
  const paused = await bo.checks.pause({ number: check!.number, version });
  assert.equal(paused.state, 'paused');
  const before = asked;
  await pass(3);
  assert.equal(asked, before);
  assert.equal((await refusalOf(bo.checks.pause({ number: check!.number, version: paused.version }))).sentence, 'This check is paused already.');
  assert.equal((await bo.checks.resume({ number: check!.number, version: paused.version })).state, 'new');
  await pass(1);
  assert.equal((await vera.checks.get({ number: check!.number })).check.state, 'up');
});

test('a check can be run now; the result stands in the log', async () => {
  const {
    items: [check],
  } = await vera.checks.list({ q: 'checkout' });
  const before = asked;
  await bo.checks.probeNow({ number: check!.number });
  await desk.drain();
  assert.equal(asked, before + 1);
  const [probed] = await entriesOf(check!.number, 'check.probed');
  assert.deepEqual([probed?.data['ok'], probed?.data['status']], [true, 200]);
});

test('a private address is reached only when a lead set it', async () => {
  const typed = await bo.checks.create({ name: 'typed', probe: { kind: 'http', url: 'http://10.255.255.1/', failures: 1, timeoutSeconds: 1 } });
  await bo.checks.probeNow({ number: typed.number });
  await desk.drain();
  assert.match((await vera.checks.get({ number: typed.number })).check.words, /10\.255\.255\.1 is a private address/);
  const trusted = await lena.checks.create({ name: 'trusted', probe: { kind: 'http', url: 'http://10.255.255.1/', failures: 1, timeoutSeconds: 1 } });
  assert.equal(trusted.origin, 'trusted');
  const changed = await bo.checks.update({
    number: trusted.number,
    version: trusted.version,
    probe: { kind: 'http', url: 'http://10.255.255.1/x', failures: 1, timeoutSeconds: 1 },
  });
  assert.equal(changed.origin, 'typed');
  for (const check of [changed, (await vera.checks.get({ number: typed.number })).check])
    assert.equal((await lena.checks.retire({ number: check.number, version: check.version })).retired, true);
  assert.equal((await vera.checks.list({ q: 'typed' })).items.length, 0);
});

test('a configuration that cannot work is refused with the field and a sentence', async () => {
  const http = (probe: object) => refusalOf(bo.checks.create({ name: 'x', probe: { kind: 'http', url: shopUrl, ...probe } }));
  assert.equal((await http({ method: 'HEAD', text: 'x' })).fields[0]?.field, 'probe.text');
  assert.equal((await http({ url: 'https://me:secret@shop.example.com/' })).fields[0]?.field, 'probe.url');
  assert.equal((await http({ expect: '299-200' })).fields[0]?.field, 'probe.expect');
  assert.equal((await http({ intervalSeconds: 5 })).status, 422);
  assert.match((await refusalOf(bo.checks.create({ name: 'x', probe: { kind: 'heartbeat', expects: { kind: 'cron', text: '61 * * * *' } } }))).sentence, /is not a schedule/);
  assert.equal((await refusalOf(vera.checks.create({ name: 'x', probe: { kind: 'http', url: shopUrl } }))).kind, 'forbidden');
});

test('a heartbeat is up with its ping, late when it is due, down after its grace and up again with the next ping', async () => {
  const service = await bo.catalog.create({ name: 'Backup' });
  const made = await bo.checks.create({
    name: 'nightly backup',
    service: service.number,
    probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 3600 }, graceSeconds: 600 },
  });
  assert.equal((await vera.checks.get({ number: made.number })).pingUrl, null);
  const { pingUrl } = await bo.checks.get({ number: made.number });
  const answered = await ping(pingUrl!, { method: 'POST', body: 'backed up 3 files\0', headers: { 'content-type': 'text/weird' } });
  assert.deepEqual([answered.status, await answered.text()], [200, 'OK']);
  const { check, pings } = await bo.checks.get({ number: made.number });
  assert.deepEqual([check.state, pings[0]?.kind, pings[0]?.body], ['up', 'success', 'backed up 3 files\uFFFD']);
  await pass(61);
  assert.equal((await vera.checks.get({ number: made.number })).check.words, 'is late by 1 min');
  await pass(10);
  const { check: down } = await vera.checks.get({ number: made.number });
  assert.deepEqual([down.state, down.words], ['down', 'fails for 1 min: no ping for 1 h 10 min, one is expected every 1 h']);
  const [entry] = await entriesOf(made.number, 'check.wentDown');
  assert.equal(entry?.data['serviceId'], service.id);
  assert.equal((await vera.catalog.list({ q: 'Backup' })).items[0]?.health.state, 'critical');
  assert.equal((await ping(`${pingUrl}/start`)).status, 200);
  assert.equal((await vera.checks.get({ number: made.number })).check.state, 'down');
  await desk.advance({ seconds: 90 });
  assert.equal((await ping(`${pingUrl}/0`, { method: 'HEAD' })).status, 200);
  const up = await bo.checks.get({ number: made.number });
  assert.deepEqual([up.check.state, up.pings[0]?.tookMs], ['up', 90_000]);
  assert.equal((await entriesOf(made.number, 'check.cameUp')).length, 1);
  assert.equal((await ping(`${pingUrl}/3`)).status, 200);
  assert.match((await vera.checks.get({ number: made.number })).check.words, /its job ended with status 3/);
});

test('ping addresses answer as their rules say, are limited per key, and can be renewed', async () => {
  const made = await bo.checks.create({ name: 'pings', probe: { kind: 'heartbeat', expects: { kind: 'cron', text: '0 2 * * *', zone: 'Europe/Berlin' } } });
  const { pingUrl } = await bo.checks.get({ number: made.number });
  assert.equal((await ping(`${pingUrl}/256`)).status, 400);
  assert.equal((await ping(`${pingUrl}/what`)).status, 404);
  const unknown = await ping(`${desk.url}/ping/00000000-0000-4000-8000-000000000000`);
  assert.deepEqual([unknown.status, await unknown.text()], [404, 'not found']);
  assert.equal((await ping(`${pingUrl}?rid=nonsense`)).status, 400);
  const statuses = await Promise.all(Array.from({ length: 25 }, async () => (await ping(`${pingUrl}/log`, { method: 'POST', body: 'x'.repeat(30_000) })).status));
  assert.ok(statuses.includes(429) && statuses.includes(200));
  assert.equal((await bo.checks.get({ number: made.number })).pings[0]?.body.length, 10_000);
  await desk.advance({ minutes: 1 });
  const renewed = await bo.checks.renewPingUrl({ number: made.number, version: made.version });
  assert.equal((await ping(pingUrl!)).status, 404);
  assert.equal((await ping(renewed.pingUrl)).status, 200);
});

test('a ping is answered 503 when the database goes away under it, and nothing of it is kept', async () => {
  const made = await bo.checks.create({ name: 'cut off', probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 3600 } } });
  const { pingUrl } = await bo.checks.get({ number: made.number });
  const admin = new pg.Client({ connectionString: desk.databaseAdminUrl });
  await admin.connect();
  await admin.query('begin; lock table checks_check');
  const cut = ping(pingUrl!);
  const waiting = `select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  while ((await admin.query(waiting)).rowCount === 0)
    await new Promise((done) => {
      setTimeout(done, 20);
    });
  assert.equal((await cut).status, 503);
  await admin.query('rollback');
  await admin.end();
  assert.deepEqual((await bo.checks.get({ number: made.number })).pings, []);
  assert.equal((await ping(pingUrl!)).status, 200);
});

test('filtering by state finds exactly the checks that show it', async () => {
  await bo.checks.create({ name: 'never pinged', probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 60 }, graceSeconds: 60 } });
  for (const minutes of [1, 20, 200]) {
    await desk.advance({ minutes });
    const { items: all } = await vera.checks.list({});
    const found: string[] = [];
    for (const state of SHOWN_STATES) {
      const { items } = await vera.checks.list({ state: [state] });
      for (const item of items) assert.equal(item.state, state, item.name);
      found.push(...items.map((item) => item.number));
    }
    assert.deepEqual(found.toSorted(), all.map((item) => item.number).toSorted());
  }
});

test('raw results are swept after 30 days and the hours of uptime stay', async () => {
  const {
    items: [check],
  } = await vera.checks.list({ q: 'checkout' });
  await desk.advance({ days: 31 });
  const before = (await vera.checks.get({ number: check!.number })).uptime.quarter;
  await sql`select graphile_worker.add_job('checks.sweep', run_at => ${new Date(desk.now()).toISOString()}::timestamptz)`.execute(desk.desk.db);
  await desk.drain();
  const { results, uptime } = await vera.checks.get({ number: check!.number });
  assert.equal(results.length, 0);
  assert.equal(uptime.quarter, before);
  assert.equal(uptime.month, null);
});
