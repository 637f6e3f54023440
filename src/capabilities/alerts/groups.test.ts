import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openAlertingDesk, type AlertingDesk } from '#testing/alerting.ts';
import type { TestDesk, TestPerson } from '#testing/desk.ts';
import { PLAIN_ROUTING } from './rules/index.ts';

type Labels = Readonly<Record<string, string>>;

describe('groups of alerts as people see them', () => {
  let at: AlertingDesk;
  let desk: TestDesk;
  let ada: TestPerson;
  let source: string;

  before(async () => {
    at = await openAlertingDesk();
    ({ desk, ada, source } = at);
  });
  after(() => desk.close());

  const send = (status: 'firing' | 'resolved', ...labels: readonly Labels[]) => (status === 'firing' ? at.fire(...labels) : at.end(...labels));
  const three = (alertname: string, more: Labels = {}) => ['a', 'b', 'c'].map((instance) => ({ alertname, instance, ...more }));
  const group = async (title: string) => {
    const found = (await desk.alerts.groups({ q: title, state: 'all' })).items[0];
    assert.ok(found, `no group ${title}`);
    return found;
  };
  const mute = (reason: string, matchers: string) => at.mute(matchers, { reason, minutes: 60 });

  it('stand by the alert people were paged about, and go on when that one is over', async () => {
    await send('firing', ...three('Down'));
    const fresh = await group('Down');
    assert.deepEqual([fresh.state, fresh.held, fresh.isLed, fresh.count, fresh.open], ['triggered', null, true, 3, 3]);
    await send('resolved', { alertname: 'Down', instance: 'a' });
    const on = await group('Down');
    assert.deepEqual([on.alert.state, on.state, on.isLed, on.open], ['resolved', 'triggered', true, 2]);
    const detail = await desk.alerts.get({ number: on.alert.number });
    assert.equal(detail.may.acknowledge, null);
    assert.equal(detail.may.resolve, 'It is resolved already.');
    await ada.alerts.acknowledge({ number: on.alert.number });
    assert.equal((await group('Down')).state, 'acknowledged');
    assert.equal((await desk.alerts.get({ number: on.alert.number })).may.acknowledge, 'It is acknowledged already.');
    await send('resolved', ...three('Down'));
    assert.deepEqual([(await group('Down')).state, (await group('Down')).open], ['resolved', 0]);
  });

  it('say that nobody is told of them while something holds all of them back, and can be asked for', async () => {
    const silent = await mute('Rack move', '{alertname="Rack"}');
    await desk.drain();
    await send('firing', ...three('Rack'), { alertname: 'Loud' });
    const held = await group('Rack');
    assert.deepEqual([held.state, held.held, held.isLed], ['triggered', 'muted', false]);
    const titles = async (held?: boolean) => (await desk.alerts.groups({ ...(held !== undefined && { held }) })).items.map((one) => one.title).toSorted();
    assert.deepEqual(await titles(), ['Loud', 'Rack a']);
    assert.deepEqual(await titles(true), ['Rack a']);
    assert.deepEqual(await titles(false), ['Loud']);
    await desk.mutes.end({ number: silent.number, version: silent.version });
    await desk.drain();
    assert.deepEqual(await titles(true), []);
    assert.deepEqual([(await group('Rack')).held, (await group('Rack')).isLed], [null, true]);
    await send('resolved', ...three('Rack'), { alertname: 'Loud' });
  });

  it('of which nobody is paged fire as long as one of them does, and each is answered by itself', async () => {
    await send('firing', ...three('Quiet', { severity: 'info' }));
    const quiet = await group('Quiet');
    assert.deepEqual([quiet.state, quiet.isLed], ['triggered', false]);
    await ada.alerts.acknowledge({ number: quiet.alert.number });
    assert.equal((await group('Quiet')).state, 'triggered');
    await send('resolved', ...three('Quiet', { severity: 'info' }));
  });

  it('are found by their source, and an alert says which rule sent it', async () => {
    const other = (await desk.alerts.createSource({ name: 'Other' })).source.number;
    const rule = { id: 'r', under: null, name: 'Certificates', matchers: '{alertname="Cert"}', goOn: false, set: { outcome: 'log' as const } };
    await desk.alerts.setRouting({ version: 0, rules: { ...PLAIN_ROUTING, rules: [rule] } as never });
    await send('firing', { alertname: 'Cert' });
    assert.equal((await desk.alerts.groups({ source, q: 'Cert' })).items.length, 1);
    assert.equal((await desk.alerts.groups({ source: other, q: 'Cert' })).items.length, 0);
    assert.equal((await desk.alerts.get({ number: (await group('Cert')).alert.number })).rule, 'Certificates');
    await send('resolved', { alertname: 'Cert' });
  });

  it('a mute says beforehand which open alerts it would hold back', async () => {
    await send('firing', ...three('Disk', { host: 'h1' }), { alertname: 'Disk', instance: 'd', host: 'h2' });
    const alertsOf = async (...matchers: string[]) => (await desk.mutes.preview({ matchers })).affected.find(({ kind }) => kind === 'alert');
    assert.equal((await alertsOf('{alertname="Disk"}'))?.count, 4);
    assert.equal((await alertsOf('{alertname="Disk", host!="h1"}'))?.count, 1);
    assert.equal((await alertsOf('{host="h2"}', '{host=~"h.", instance="a"}'))?.count, 2);
    assert.equal((await alertsOf('{source="Prometheus", severity="critical", alertname="Nothing"}'))?.count, 0);
    assert.deepEqual(
      (await alertsOf('{host="h2"}'))?.examples.map(({ title }) => title),
      ['Disk d'],
    );
  });
});
