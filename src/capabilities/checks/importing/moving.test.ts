import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import * as fc from 'fast-check';
import { Refusal } from '#kernel/client.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import type { MovePlan } from '../contract/index.ts';
import { Unreadable } from '#kernel/foreign.ts';
import { readMoving } from './read.ts';

const sample = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8');
const [kuma, gatus] = [sample('uptime-kuma.json'), sample('gatus.yaml')];

let desk: TestDesk;
let bo: TestPerson;
before(async () => {
  desk = await openTestDesk();
  bo = await desk.person('Bo', 'responder');
});
after(() => desk.close());

const line = (plan: MovePlan, name: string) => plan.lines.find((each) => each.name === name)!;
async function checkNamed(name: string) {
  const { items } = await bo.checks.list({ q: name });
  return items.find((item) => item.name === name)!;
}
async function hides(text: string): Promise<void> {
  for (const table of ['checks_check', 'activity', 'record', 'idempotency']) {
    const { rows } = await sql`select 1 from ${sql.table(table)} t where row_to_json(t)::text like ${`%${text}%`}`.execute(desk.desk.db);
    assert.equal(rows.length, 0, `${table} shows ${text}`);
  }
}

test('a backup of Uptime Kuma: the plan says what will be made and what cannot be, then it is made once', async () => {
  const shop = await bo.catalog.create({ name: 'web-shop' });
  const plan = await bo.checks.planMove({ text: kuma });
  assert.deepEqual([plan.format, plan.counts], ['uptime-kuma', { new: 8, there: 0, left: 4 }]);
  assert.equal((await bo.checks.list({})).items.length, 0, 'a plan makes nothing');
  assert.match(line(plan, 'web-shop').because, /It is a group/);
  assert.match(line(plan, 'Old node').because, /upside down/);
  assert.match(line(plan, 'Container').because, /type docker/);
  assert.match(line(plan, 'Computed').because, /more than a path/);
  assert.equal(line(plan, 'Shop front').service?.number, shop.number);
  assert.deepEqual(line(plan, 'Core switch').notes, ['Its interval in seconds was 10, it becomes 20.', 'Its time-out in seconds was 48, it becomes 19.']);
  assert.match(line(plan, 'Orders API').notes.join(' '), /proxy is not taken over/);
  assert.match(line(plan, 'Nightly backup').notes.join(' '), /new ping address/);
  assert.deepEqual(
    plan.left.map(({ what }) => what),
    ['Notification “Operations chat”', 'Proxy proxy.example.com', 'Tags'],
  );

  const { made } = await bo.checks.moveIn({ text: kuma });
  assert.equal(made.length, 8);
  const front = (await checkNamed('Shop front')).probe;
  assert.ok(front.kind === 'http');
  assert.deepEqual([front.text, front.expect, front.failures, front.retrySeconds, front.redirects, front.certificateDays], ['Add to cart', '200-299, 304', 3, undefined, 3, 21]);
  const orders = (await checkNamed('Orders API')).probe;
  assert.ok(orders.kind === 'http');
  assert.deepEqual([orders.method, orders.user, orders.password, orders.verify, orders.failures, orders.retrySeconds], ['POST', 'watcher', '********', false, 6, 30]);
  assert.deepEqual(orders.conditions, ['[BODY].data[0].state == open']);
  assert.deepEqual(orders.headers, [
    { name: 'X-Api-Key', value: '********' },
    { name: 'Content-Type', value: 'application/json' },
  ]);
  const erp = (await checkNamed('ERP database')).probe;
  assert.ok(erp.kind === 'postgresql');
  assert.deepEqual([erp.host, erp.port, erp.user, erp.database, erp.tls, erp.password], ['erp-db.example.com', 5433, 'watcher', 'erp', 'on', '********']);
  const backup = await checkNamed('Nightly backup');
  assert.ok(backup.probe.kind === 'heartbeat');
  assert.deepEqual([backup.probe.expects, backup.probe.graceSeconds], [{ kind: 'period', seconds: 86_400 }, 3600]);
  assert.equal((await checkNamed('Queue')).state, 'paused');
  for (const secret of ['kuma-secret', 'kuma%2Dsecret']) await hides(secret);

  const again = await bo.checks.moveIn({ text: kuma });
  assert.deepEqual([again.made, again.plan.counts], [[], { new: 0, there: 8, left: 4 }]);
  assert.equal(line(again.plan, 'Queue').check?.number, (await checkNamed('Queue')).number);
});

test('a configuration of Gatus: conditions, thresholds of alerts and groups come along', async () => {
  const plan = await bo.checks.planMove({ text: gatus });
  assert.deepEqual([plan.format, plan.counts], ['gatus', { new: 9, there: 0, left: 5 }]);
  assert.match(line(plan, 'with-a-variable').because, /variable PARTNER_TOKEN/);
  assert.match(line(plan, 'socket').because, /wss:/);
  assert.match(line(plan, 'wrong').because, /is not a condition/);
  assert.match(line(plan, 'pushed').because, /no heartbeat interval/);
  assert.equal(plan.lines.filter(({ name }) => name === 'queue')[1]?.because, 'It stands twice in the file, with the same name.');
  assert.match(line(plan, 'front').notes.join(' '), /Domain expiry/);
  assert.match(line(plan, 'nightly-backup').notes.join(' '), /There is no service “core”/);
  assert.deepEqual(
    plan.left.map(({ what }) => what),
    ['Alerting by slack', 'Alerting by pagerduty', 'Setting storage'],
  );

  assert.equal((await bo.checks.moveIn({ text: gatus })).made.length, 9);
  const front = await checkNamed('front');
  assert.ok(front.probe.kind === 'http');
  assert.deepEqual([front.probe.intervalSeconds, front.probe.timeoutSeconds, front.probe.verify, front.probe.failures, front.probe.successes], [30, 20, false, 5, 2]);
  assert.deepEqual(front.probe.conditions, ['[STATUS] == 200', '[BODY].status == UP', '[RESPONSE_TIME] < 300', '[CERTIFICATE_EXPIRATION] > 48h']);
  assert.equal(front.service?.title, 'web-shop');
  const orders = (await checkNamed('orders')).probe;
  assert.ok(orders.kind === 'http');
  assert.deepEqual(
    [orders.body, orders.headers],
    [
      '{"query":"{ orders { id } }"}',
      [
        { name: 'X-Api-Key', value: '********' },
        { name: 'Content-Type', value: 'application/json' },
      ],
    ],
  );
  const kinds = await Promise.all(
    ['queue', 'core-switch', 'mx', 'outgoing-mail', 'directory-certificate', 'bastion', 'nightly-backup'].map(async (name) => (await checkNamed(name)).target),
  );
  assert.deepEqual(kinds, [
    'queue.example.com:5672',
    '192.0.2.1',
    'MX example.com at 9.9.9.9',
    'mail.example.com:587',
    'ldap.example.com:636',
    'bastion.example.com:22',
    'a ping every 26 h',
  ]);
  assert.equal((await checkNamed('bastion')).state, 'paused');
  await hides('gatus-secret');
  assert.deepEqual((await bo.checks.moveIn({ text: gatus })).made, []);
});

test('a check that was moved in and retired comes again when it is moved in again', async () => {
  const mx = await checkNamed('mx');
  await bo.checks.retire({ number: mx.number, version: mx.version });
  assert.deepEqual(
    (await bo.checks.moveIn({ text: gatus })).made.map(({ title }) => title),
    ['mx'],
  );
});

test('two who move in at once make nothing twice, and a thousand monitors are moved in while one waits', async () => {
  const monitorList = Array.from({ length: 1000 }, (_, id) => ({ id: id + 100, name: `many ${id}`, type: 'port', hostname: 'many.example.com', port: id + 1, interval: 60 }));
  const text = JSON.stringify({ monitorList });
  const began = performance.now();
  const both = await Promise.all([bo.checks.moveIn({ text }), bo.checks.moveIn({ text })]);
  assert.deepEqual(
    both.map(({ made }) => made.length).toSorted((a, b) => a - b),
    [0, 1000],
  );
  assert.ok(performance.now() - began < 60_000);
  assert.match((await refusalOf(bo.checks.planMove({ text: JSON.stringify({ monitorList: [...monitorList, { id: 1 }] }) }))).sentence, /at most 1000/);
});

test('a file that leads round in a circle, or far down, is read or refused in time', async () => {
  const began = performance.now();
  const circle = 'endpoints: &all\n  - name: a\n    url: https://a.example.com\n    conditions: ["[STATUS] == 200"]\n    headers: &head {x: *all}\n';
  const wide = `x0: &x0 {a: b}\n${Array.from({ length: 40 }, (_, n) => `x${n + 1}: &x${n + 1} {a: *x${n}, b: *x${n}}`).join('\n')}\nendpoints: [{name: a, url: "https://a.example.com", headers: *x40}]`;
  const deep = `{"endpoints": [{"name": "a", "url": ${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`;
  for (const text of [circle, wide, deep]) await bo.checks.planMove({ text }).catch((error: unknown) => assert.ok(error instanceof Refusal && error.problem.status < 500));
  assert.ok(performance.now() - began < 5000);
});

test('what is no such file is refused with what to do, whatever it holds', async () => {
  const vera = await desk.person('Vera', 'viewer');
  assert.equal((await refusalOf(vera.checks.moveIn({ text: kuma }))).kind, 'forbidden');
  for (const [text, sentence] of [
    ['{"monitors": []}', /no monitorList/],
    ['{"monitorList": [', /cannot be read/],
    ['endpoints: [a', /cannot be read/],
    ['hello: world', /no endpoints/],
    ['just words', /no endpoints/],
    [
      `a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [${Array.from({ length: 10 }, () => `*${n === 0 ? 'a' : `b${n - 1}`}`).join(', ')}]`).join('\n')}`,
      /cannot be read|no endpoints/,
    ],
  ] as const)
    assert.match((await refusalOf(bo.checks.planMove({ text }))).sentence, sentence);
});

test('reading never breaks, whatever stands where', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const monitor = fc.record({
    type: fc.constantFrom('http', 'json-query', 'dns', 'push', 'postgres', 'port'),
    id: value,
    name: value,
    url: value,
    headers: value,
    interval: value,
    databaseConnectionString: value,
    accepted_statuscodes: value,
    jsonPath: value,
  });
  const endpoint = fc.record({
    name: value,
    url: fc.oneof(value, fc.constantFrom('tcp://', 'http://x', 'icmp://[::1]', 'ssh://a:22/b')),
    conditions: value,
    client: value,
    alerts: value,
    dns: value,
    interval: value,
    headers: value,
  });
  fc.assert(
    fc.property(fc.oneof(fc.record({ monitorList: fc.array(monitor) }), fc.record({ endpoints: fc.array(endpoint), alerting: value })), (document) => {
      try {
        assert.ok(readMoving(JSON.stringify(document)).items.length > 0 || 'monitorList' in document);
      } catch (error) {
        assert.ok(error instanceof Unreadable);
      }
    }),
  );
});
