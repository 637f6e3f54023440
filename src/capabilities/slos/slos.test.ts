import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { runDueChecks } from '#capabilities/checks/index.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { countAll } from './index.ts';

const MINUTE = 60_000;

describe('service level objectives', () => {
  let desk: TestDesk;
  let bo: TestPerson;
  let server: Server;
  let url: string;
  let status = 200;
  /** What Prometheus answers, by the start of the query. */
  let values: Readonly<Record<string, (at: number) => number | null>> = {};
  let shop: string;
  let check: string;

  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    bo = await desk.person('Bo', 'responder');
    server = createServer((request, response) => {
      const asked = new URL(request.url ?? '', 'http://x');
      if (asked.pathname !== '/api/v1/query_range') return response.writeHead(status).end('shop');
      const [from, until, step] = ['start', 'end', 'step'].map((name) => Number(asked.searchParams.get(name)));
      const query = asked.searchParams.get('query') ?? '';
      const value = values[query];
      if (!value) return response.writeHead(400).end(JSON.stringify({ status: 'error', errorType: 'bad_data', error: `unknown ${query}` }));
      const points: [number, string][] = [];
      for (let at = from!; at <= until!; at += step!) {
        const one = value(at * 1000);
        if (one !== null) points.push([at, String(one)]);
      }
      return response.writeHead(200).end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: points.length > 0 ? [{ metric: {}, values: points }] : [] } }));
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    shop = (await desk.catalog.create({ name: 'Shop', slug: 'shop', tier: 1 })).number;
    const probe = { kind: 'http' as const, url: `${url}/health`, intervalSeconds: 60, failures: 1 };
    check = (await desk.checks.create({ name: 'front page', service: shop, probe })).number;
    await pass(20);
  });
  after(async () => {
    server.close();
    await desk.close();
  });

  /** Moves on by minutes; checks run and objectives are counted each minute. */
  async function pass(minutes: number, doing = { checks: true }): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      await desk.advance({ minutes: 1 });
      if (doing.checks) await runDueChecks(desk.desk);
      await countAll(desk.desk);
    }
  }
  const told = async (number: string) =>
    (await desk.records.timeline({ number })).items
      .filter(({ did }) => did === 'slo.burning' || did === 'slo.calm')
      .map(({ did, data }) => [did, data['severity']])
      .toReversed();

  it('are counted from what is known already, and shown before they are made', async () => {
    const shown = await bo.slos.preview({ objective: 0.99, checks: [check], kind: 'time' });
    assert.equal(shown.refused, null);
    const slo = await bo.slos.create({ name: 'Shop is up', service: shop, objective: 0.999, windowDays: 30, source: { kind: 'time', checks: [check] } });
    assert.deepEqual([slo.number, slo.state, slo.countedUntil], ['SLO-1', 'unknown', null]);
    await desk.drain();
    const { slo: counted, points, burns } = await bo.slos.get({ number: slo.number });
    assert.deepEqual([counted.state, counted.achieved, counted.budgetLeft, counted.burn], ['good', 1, 1, 0]);
    assert.equal(counted.sentence, '100 % of the error budget of 30 days is left.');
    assert.deepEqual([points[0]?.left, points.at(-1)?.left], [1, 1]);
    assert.deepEqual(
      burns.map(({ rule }) => rule),
      ['1h', '6h', '1d', '3d'],
    );
  });

  it('tell at once when the budget is spent too fast, what ate it, and when it is calm again', async () => {
    status = 503;
    await pass(10);
    const { slo, outages, alerts, goneAt, burns } = await bo.slos.get({ number: 'SLO-1' });
    assert.equal(slo.state, 'critical');
    assert.match(slo.sentence, /^It spends its error budget \d+ times as fast as it may over 1 h\.$/);
    assert.deepEqual(await told('SLO-1'), [['slo.burning', 'critical']]);
    assert.ok((slo.budgetLeft ?? 1) < 0 && goneAt === null);
    assert.ok(burns.every(({ fires }) => fires) && alerts.length === 4 && alerts.every(({ until }) => until === null));
    assert.deepEqual([outages.length, outages[0]?.check?.number, outages[0]?.reason], [1, check, 'status 503']);
    const { data } = (await desk.records.timeline({ number: 'SLO-1' })).items.find(({ did }) => did === 'slo.burning')!;
    assert.deepEqual([data['window'], data['serviceId'], data['sentence'] !== ''], ['1h', slo.service?.id, true]);
    const service = await desk.catalog.get({ number: shop });
    assert.ok(service.facts.some(({ record, state }) => record?.number === 'SLO-1' && state === 'warning'));
    status = 200;
    await pass(40);
    assert.deepEqual(await told('SLO-1'), [
      ['slo.burning', 'critical'],
      ['slo.burning', 'warning'],
    ]);
    const later = await bo.slos.get({ number: 'SLO-1' });
    assert.deepEqual(
      later.burns.map(({ rule, fires }) => [rule, fires]),
      [
        ['1h', false],
        ['6h', false],
        ['1d', true],
        ['3d', true],
      ],
    );
  });

  it('do not count maintenance, neither way', async () => {
    const before = (await bo.slos.get({ number: 'SLO-1' })).slo;
    await bo.mutes.create({
      reason: 'New rack',
      kind: 'maintenance',
      matchers: ['{service="shop"}'],
      when: { kind: 'window', until: new Date(desk.now() + 12 * MINUTE).toISOString() },
    });
    await pass(1);
    status = 503;
    await pass(8);
    status = 200;
    await pass(6);
    const { slo, outages } = await bo.slos.get({ number: 'SLO-1' });
    assert.ok((slo.achieved ?? 0) >= (before.achieved ?? 1));
    assert.equal(outages.length, 1);
  });

  it('count results as well, and say no to heartbeats, retired checks and promises of perfection', async () => {
    const slo = await bo.slos.create({ name: 'Answers', service: shop, objective: 0.9, windowDays: 7, source: { kind: 'results', checks: [check] } });
    await desk.drain();
    const { slo: counted, days, outages } = await bo.slos.get({ number: slo.number });
    const { rows } = await sql<{ good: number; bad: number }>`select count(*) filter (where ok) as good, count(*) filter (where not ok) as bad from checks_result`.execute(
      desk.desk.db,
    );
    // Ten of the failed results fell into the outage, eight into maintenance.
    assert.ok(Math.abs((counted.achieved ?? 0) - (rows[0]!.good - 4) / (rows[0]!.good - 4 + rows[0]!.bad - 8)) < 0.02);
    assert.ok(days.at(-1)!.spent > 0 && outages.length > 0);
    const beat = await desk.checks.create({ name: 'backup', probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 3600 }, graceSeconds: 600 } });
    const refused = (source: Parameters<typeof bo.slos.create>[0]['source'], objective = 0.99) => refusalOf(bo.slos.create({ name: 'x', service: shop, objective, source }));
    assert.match((await refused({ kind: 'results', checks: [beat.number] })).sentence, /is a heartbeat/);
    assert.match((await refused({ kind: 'time', checks: [shop] })).sentence, /is not a check/);
    assert.match((await refused({ kind: 'time', checks: [check] }, 1)).sentence, /always good/);
    const vera = await desk.person('Vera', 'viewer');
    assert.equal((await refusalOf(vera.slos.retire({ number: slo.number, version: counted.version }))).kind, 'forbidden');
  });

  it('whose monitor falls silent are unknown, not good', async () => {
    const calm = await bo.slos.create({ name: 'Calm', service: shop, objective: 0.5, source: { kind: 'time', checks: [check] } });
    await desk.drain();
    assert.equal((await bo.slos.get({ number: calm.number })).slo.state, 'good');
    await pass(25, { checks: false });
    const { slo } = await bo.slos.get({ number: calm.number });
    assert.deepEqual([slo.state, slo.burn === null || slo.burn >= 0], ['unknown', true]);
    assert.match(slo.sentence, /^Nothing was counted for 15 min/);
    await pass(3);
    assert.equal((await bo.slos.get({ number: calm.number })).slo.state, 'good');
  });

  it('ask Prometheus for good and all, go on where it failed, and pass its refusal on', async () => {
    const prometheus = (good: string) => ({ kind: 'prometheus' as const, url, good, total: 'all[$window]' });
    assert.match((await refusalOf(bo.slos.create({ name: 'x', service: shop, objective: 0.99, source: prometheus('good[5m]') }))).sentence, /\$window/);
    values = { 'all[5m]': () => 100, 'good[5m]': (at) => (at < desk.now() - 60 * MINUTE ? 100 : 50) };
    const slo = await desk.slos.create({ name: 'Requests', service: shop, objective: 0.99, windowDays: 30, source: prometheus('good[$window]') });
    await desk.drain();
    const { slo: counted, points } = await bo.slos.get({ number: slo.number });
    assert.equal(counted.state, 'critical');
    assert.ok((counted.achieved ?? 0) > 0.99 && (counted.achieved ?? 1) < 1 && points.length > 100);
    assert.equal(Math.round(counted.burn ?? 0), 50);
    values = {};
    await pass(12);
    const broken = (await bo.slos.get({ number: slo.number })).slo;
    assert.deepEqual([broken.state, broken.countedUntil], ['critical', counted.countedUntil]);
    values = { 'all[5m]': () => 100, 'good[5m]': () => 100 };
    await pass(6);
    const mended = (await bo.slos.get({ number: slo.number })).slo;
    assert.ok(Date.parse(mended.countedUntil ?? '') - Date.parse(counted.countedUntil ?? '') >= 15 * MINUTE);
  });

  it('change in place, are counted anew from another source, and retire', async () => {
    const { slo } = await bo.slos.get({ number: 'SLO-1' });
    const eased = await bo.slos.update({ number: 'SLO-1', version: slo.version, objective: 0.5, windowDays: 7 });
    assert.deepEqual([eased.state, eased.achieved], ['good', slo.achieved]);
    assert.deepEqual((await told('SLO-1')).at(-1), ['slo.calm', null]);
    const other = await bo.slos.update({ number: 'SLO-1', version: eased.version, source: { kind: 'results', checks: [check] } });
    assert.equal(other.countedUntil, null);
    await desk.drain();
    const recounted = (await bo.slos.get({ number: 'SLO-1' })).slo;
    assert.ok(recounted.countedUntil !== null && recounted.achieved !== slo.achieved);
    const retired = await bo.slos.retire({ number: 'SLO-1', version: recounted.version });
    assert.equal(retired.retired, true);
    assert.ok(!(await bo.slos.list({})).items.some(({ number }) => number === 'SLO-1'));
    assert.match((await refusalOf(bo.slos.update({ number: 'SLO-1', version: retired.version, objective: 0.9 }))).sentence, /retired/);
  });

  it('are read from OpenSLO as drafts that say what they lack', async () => {
    const text = `apiVersion: openslo/v1
kind: SLO
metadata: { name: answers, displayName: Good answers }
spec:
  description: Most requests are answered.
  service: shop
  indicator:
    metadata: { name: requests }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: 'sum(increase(http_requests_total{code!~"5.."}[$window]))' } } }
        total: { metricSource: { type: Prometheus, spec: { query: 'sum(increase(http_requests_total[$window]))' } } }
  timeWindow: [{ duration: 4w, isRolling: true }]
  budgetingMethod: Occurrences
  objectives:
    - { displayName: ours, target: 0.995 }
    - { displayName: promised, target: 0.99 }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: latency }
spec:
  service: nowhere
  indicator: { metadata: { name: l }, spec: { thresholdMetric: { metricSource: { type: Any } } } }
  timeWindow: [{ duration: 2w, isRolling: false }]
  budgetingMethod: Timeslices
  objectives: [{ op: lt, value: 500, target: 0.99 }]
`;
    const { drafts } = await bo.slos.readOpenSlo({ text });
    assert.deepEqual(
      drafts.map(({ name, objective, windowDays, service, notes }) => [name, objective, windowDays, service?.number ?? null, notes.length]),
      [
        ['Good answers: ours', 0.995, 28, shop, 0],
        ['Good answers: promised', 0.99, 28, shop, 0],
        ['latency', 0.99, null, null, 4],
      ],
    );
    assert.match((await refusalOf(bo.slos.readOpenSlo({ text: 'kind: Pod' }))).sentence, /no SLO/);
    assert.match((await refusalOf(bo.slos.readOpenSlo({ text: '['.repeat(500) }))).sentence, /not an SLO/);
  });
});
