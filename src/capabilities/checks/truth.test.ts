import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { runDueChecks } from './index.ts';

/** A server of which each path is good or bad. */
interface Site {
  readonly server: Server;
  readonly url: string;
  readonly bad: Set<string>;
  readonly asked: string[];
}

async function openSite(): Promise<Site> {
  const bad = new Set<string>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(bad.has(request.url ?? '') ? 503 : 200).end('ok');
  });
  await new Promise<void>((done) => {
    server.unref().listen(0, '127.0.0.1', done);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, bad, asked };
}

describe('what results come to', () => {
  let desk: TestDesk;
  let bo: TestPerson;
  let lena: TestPerson;
  let site: Site;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    [bo, lena] = [await desk.person('Bo', 'responder'), await desk.person('Lena', 'lead')];
    site = await openSite();
  });
  after(async () => {
    site.server.close();
    await desk.close();
  });

  async function pass(minutes: number): Promise<void> {
    for (let half = 0; half < minutes * 2; half += 1) {
      await desk.advance({ seconds: 30 });
      await runDueChecks(desk.desk);
    }
    await desk.drain();
  }
  const probe = (path: string, more: object = {}) => ({ kind: 'http' as const, url: `${site.url}${path}`, failures: 2, ...more });
  const check = async (number: string) => (await bo.checks.get({ number })).check;
  const didOf = async (number: string) => (await bo.records.timeline({ number })).items.map(({ did }) => did).toReversed();
  const alertsNow = async () => (await bo.alerts.list({ state: ['triggered', 'acknowledged'] })).items.map(({ title }) => title);
  const until = (minutes: number) => new Date(desk.now() + minutes * 60_000).toISOString();

  it('a check behind one that fails tells nobody, counts neither way, and is run at once when that passes again', async () => {
    const router = await bo.checks.create({ name: 'router', probe: probe('/router', { intervalSeconds: 300 }) });
    const shop = await bo.checks.create({ name: 'shop', probe: probe('/shop', { failures: 1 }), parents: [router.number] });
    await pass(6);
    assert.deepEqual([(await check(router.number)).state, (await check(shop.number)).state, (await check(shop.number)).parents[0]?.number], ['up', 'up', router.number]);

    site.bad.add('/router').add('/shop');
    await pass(1);
    const behind = await check(shop.number);
    assert.deepEqual([behind.state, behind.behind?.number], ['unreachable', router.number], 'its parent was asked before its own failure was believed');
    assert.match(behind.words, new RegExp(`^is unreachable because of ${router.number} for .*: status 503$`));
    await pass(12);
    assert.equal((await check(router.number)).state, 'down');
    assert.deepEqual(await alertsNow(), ['router: status 503']);
    assert.deepEqual(
      (await bo.checks.list({ state: ['unreachable'] })).items.map(({ name }) => name),
      ['shop'],
    );
    assert.equal((await bo.checks.get({ number: shop.number })).uptime.day, 1, 'what could not be reached counts neither way');

    site.bad.delete('/router');
    const before = site.asked.filter((path) => path === '/shop').length;
    await bo.checks.probeNow({ number: router.number });
    await desk.drain();
    assert.equal(site.asked.filter((path) => path === '/shop').length, before + 1);
    assert.deepEqual([(await check(shop.number)).state, await alertsNow()], ['down', ['shop: status 503']]);
    assert.deepEqual((await didOf(shop.number)).slice(-2), ['check.heldBack', 'check.wentDown']);
    site.bad.clear();
    await pass(2);
    assert.deepEqual(await alertsNow(), []);
  });

  it('a check behind one that fails may come up again without a word', async () => {
    const [router, shop] = [(await bo.checks.list({ q: 'router' })).items[0]!, (await bo.checks.list({ q: 'shop' })).items[0]!];
    site.bad.add('/router').add('/shop');
    await pass(6);
    assert.equal((await check(shop.number)).state, 'unreachable');
    site.bad.clear();
    await pass(6);
    assert.deepEqual([(await check(router.number)).state, (await didOf(shop.number)).slice(-2)], ['up', ['check.heldBack', 'check.passedAgain']]);
  });

  it('no check depends on itself, on a stranger or on one that is retired', async () => {
    const [router, shop] = [(await bo.checks.list({ q: 'router' })).items[0]!, (await bo.checks.list({ q: 'shop' })).items[0]!];
    const refused = await refusalOf(bo.checks.update({ number: router.number, version: router.version, parents: [shop.number] }));
    assert.equal(refused.sentence, `${shop.number} depends on this check already, so this check cannot depend on it. Choose another one.`);
    const strange = await refusalOf(bo.checks.update({ number: router.number, version: router.version, parents: ['CHK-999'] }));
    assert.deepEqual([strange.fields[0]?.field, strange.fields[0]?.sentence], ['parents', 'There is no check CHK-999.']);
  });

  it('a parent that is paused or taken away holds nothing back any more', async () => {
    const [router, shop] = [(await bo.checks.list({ q: 'router' })).items[0]!, (await bo.checks.list({ q: 'shop' })).items[0]!];
    site.bad.add('/router').add('/shop');
    await pass(6);
    assert.equal((await check(shop.number)).state, 'unreachable');
    await bo.checks.update({ number: shop.number, version: (await check(shop.number)).version, parents: [] });
    await desk.drain();
    assert.equal((await check(shop.number)).state, 'down');
    site.bad.clear();
    await pass(6);
    await bo.checks.update({ number: shop.number, version: (await check(shop.number)).version, parents: [router.number] });
    site.bad.add('/router').add('/shop');
    await pass(6);
    assert.equal((await check(shop.number)).state, 'unreachable');
    await bo.checks.pause({ number: router.number, version: (await check(router.number)).version });
    await desk.drain();
    assert.equal((await check(shop.number)).state, 'down');
    site.bad.clear();
    await pass(2);
    for (const one of [router, shop]) await bo.checks.retire({ number: one.number, version: (await check(one.number)).version });
  });

  it('under maintenance a check is shown so, counts neither way, and is told afterwards if it still fails', async () => {
    const made = await bo.checks.create({ name: 'disk page', probe: probe('/disk') });
    const beat = await bo.checks.create({ name: 'disk copy', probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 300 }, graceSeconds: 60 } });
    const { pingUrl } = await bo.checks.get({ number: beat.number });
    await fetch(pingUrl!.replace(/^http:\/\/[^/]+/, desk.url));
    await pass(2);
    const mute = await lena.mutes.create({ reason: 'Disk exchange', kind: 'maintenance', matchers: ['{check_name=~"disk.*"}'], when: { kind: 'window', until: until(60) } });
    site.bad.add('/disk');
    await pass(20);
    const shown = await check(made.number);
    assert.deepEqual([shown.state, shown.words, shown.maintenance?.number], ['maintenance', `is under maintenance, ${mute.number}: Disk exchange`, mute.number]);
    assert.deepEqual(
      (await bo.checks.list({ state: ['maintenance'] })).items.map(({ name }) => name),
      ['disk copy', 'disk page'],
    );
    assert.deepEqual((await bo.checks.list({ state: ['down'] })).items, []);
    assert.deepEqual(await alertsNow(), []);
    assert.deepEqual([(await bo.checks.get({ number: made.number })).uptime.day, (await bo.checks.get({ number: beat.number })).uptime.day], [1, 1]);
    await pass(45);
    assert.deepEqual((await alertsNow()).toSorted(), ['disk copy: no ping for 6 min, one is expected every 5 min', 'disk page: status 503']);
    const { uptime } = await bo.checks.get({ number: made.number });
    assert.ok(uptime.day !== null && uptime.downMinutes >= 4 && uptime.downMinutes <= 8, `only what came after it counts: ${uptime.downMinutes}`);
    const { items } = await bo.checks.list({ q: 'disk', uptime: true });
    assert.deepEqual([items.length, items[0]?.uptime?.days.length], [2, 30]);
    assert.equal(items.find(({ number }) => number === made.number)?.uptime?.days.at(-1)?.downMinutes, uptime.downMinutes);
    assert.equal((await bo.checks.list({ q: 'disk' })).items[0]?.uptime, null);
    site.bad.clear();
    await pass(2);
    for (const one of [made, beat]) await bo.checks.retire({ number: one.number, version: (await check(one.number)).version });
  });

  it('maintenance that was long ago still counts neither way, and a mute counts', async () => {
    const made = await bo.checks.create({ name: 'night page', probe: probe('/night', { failures: 1 }) });
    await pass(2);
    await bo.mutes.create({ reason: 'Too loud', kind: 'mute', matchers: ['{check_name="night page"}'], when: { kind: 'window', until: until(10) } });
    site.bad.add('/night');
    await pass(10);
    site.bad.clear();
    await pass(2);
    const { uptime } = await bo.checks.get({ number: made.number });
    assert.ok(uptime.downMinutes >= 9, 'a mute only silences');
    const { outages, months } = await bo.checks.report({ number: made.number, months: 3, zone: 'Europe/Berlin' });
    assert.deepEqual([outages.length, outages[0]?.reason, months.length, months[0]?.outages, months[0]?.month], [1, 'status 503', 1, 1, '2026-03']);
    assert.equal(months[0]?.downMinutes, uptime.downMinutes);
    await bo.checks.retire({ number: made.number, version: (await check(made.number)).version });
  });

  it('when no reference target answers the desk is blind: nothing goes down, one alert says so and ends by itself', async () => {
    const [target, other] = [await openSite(), await openSite()];
    const made = await bo.checks.create({ name: 'far page', probe: probe('/far', { failures: 1 }) });
    const second = await bo.checks.create({ name: 'far page 2', probe: probe('/far', { failures: 1 }) });
    const beat = await bo.checks.create({ name: 'far job', probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 300 }, graceSeconds: 60 } });
    const { pingUrl } = await bo.checks.get({ number: beat.number });
    await fetch(pingUrl!.replace(/^http:\/\/[^/]+/, desk.url));
    assert.equal((await refusalOf(bo.checks.setGuard({ targets: [{ kind: 'http', url: target.url }] }))).kind, 'forbidden');
    const port = (other.server.address() as { port: number }).port;
    const guard = await lena.checks.setGuard({
      targets: [
        { kind: 'http', url: `${target.url}/see` },
        { kind: 'tcp', host: '127.0.0.1', port },
      ],
    });
    assert.deepEqual([guard.targets.length, guard.blindSince], [2, null]);
    await pass(2);
    assert.equal((await check(made.number)).state, 'up');

    site.bad.add('/far');
    target.server.close();
    target.server.closeAllConnections();
    await pass(2);
    assert.deepEqual([(await check(made.number)).state, (await alertsNow()).length], ['down', 2], 'one target that answers is enough to see');
    await fetch(pingUrl!.replace(/^http:\/\/[^/]+/, desk.url));
    site.bad.clear();
    await pass(2);

    site.bad.add('/far');
    other.server.close();
    await pass(8);
    assert.deepEqual(await alertsNow(), ['Monitoring is blind']);
    assert.deepEqual([(await check(made.number)).state, (await check(second.number)).state, (await check(beat.number)).state], ['unknown', 'unknown', 'unknown']);
    assert.notEqual((await bo.checks.guard({})).blindSince, null);
    const blindFor = (await bo.checks.latency({ number: made.number, window: 'day' })).blind;
    assert.equal(blindFor.length, 1);
    assert.equal((await didOf(beat.number)).includes('check.wentDown'), false, 'no ping could have come in');

    site.bad.clear();
    await lena.checks.setGuard({ targets: [{ kind: 'http', url: `${site.url}/see` }] });
    await pass(1);
    assert.deepEqual([await alertsNow(), (await bo.checks.guard({})).blindSince], [[], null]);
    await pass(2);
    assert.deepEqual([(await check(made.number)).state, (await didOf(beat.number)).includes('check.wentDown')], ['up', true]);
    await lena.checks.setGuard({ targets: [] });
    for (const one of [made, second, beat]) await bo.checks.retire({ number: one.number, version: (await check(one.number)).version });
  });

  it('a mass failure asks the reference targets once, and each parent once', async () => {
    await lena.checks.setGuard({ targets: [{ kind: 'http', url: `${site.url}/see` }] });
    const parent = await bo.checks.create({ name: 'trunk', probe: probe('/trunk', { intervalSeconds: 3600 }) });
    const made = [parent];
    for (let i = 0; i < 20; i += 1) made.push(await bo.checks.create({ name: `leaf ${i}`, probe: probe(`/leaf/${i}`, { failures: 1 }), parents: [parent.number] }));
    await pass(1);
    site.bad.add('/trunk');
    for (let i = 0; i < 20; i += 1) site.bad.add(`/leaf/${i}`);
    const times = (path: string) => site.asked.filter((one) => one === path).length;
    const before = [times('/see'), times('/trunk')] as const;
    await desk.advance({ minutes: 2 });
    await runDueChecks(desk.desk);
    assert.deepEqual([times('/see') - before[0], times('/trunk') - before[1]], [1, 1]);
    assert.equal((await bo.checks.list({ state: ['unreachable'] })).items.length, 20);
    await lena.checks.setGuard({ targets: [] });
    site.bad.clear();
    for (const one of made) await bo.checks.retire({ number: one.number, version: (await check(one.number)).version });
  });

  it('response times are told as percentiles over any window, without the time of failures', async () => {
    const made = await bo.checks.create({ name: 'timed page', probe: probe('/timed') });
    await pass(30);
    for (const window of ['day', 'week', 'month', 'quarter'] as const) {
      const told = await bo.checks.latency({ number: made.number, window });
      assert.ok(told.count >= 29 && told.p50 !== null && told.p95 !== null && told.p50 <= told.p95 && told.p95 <= told.p99!, window);
      assert.equal(
        told.points.reduce((sum, { count }) => sum + count, 0),
        told.count,
      );
    }
    site.bad.add('/timed');
    await pass(5);
    const told = await bo.checks.latency({ number: made.number, window: 'day' });
    assert.deepEqual([told.outages.length, told.outages[0]?.reason, told.outages[0]?.until], [1, 'status 503', null]);
    assert.ok(told.points.reduce((sum, { bad }) => sum + bad, 0) >= 4);
  });
});
