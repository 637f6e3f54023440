import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openAlertingDesk, type AlertingDesk } from '#testing/alerting.ts';
import type { TestDesk, TestPerson } from '#testing/desk.ts';
import { DEFAULTS } from './rules/options.ts';

describe('alerts that must not get lost on their way', () => {
  let at: AlertingDesk;
  let desk: TestDesk;
  let ada: TestPerson;

  before(async () => {
    at = await openAlertingDesk({ waitMinutes: 240 });
    ({ desk, ada } = at);
  });
  after(() => desk.close());

  const post: AlertingDesk['post'] = (format, body) => at.post(format, body);
  const fire: AlertingDesk['fire'] = (...labels) => at.fire(...labels);
  const end: AlertingDesk['end'] = (...labels) => at.end(...labels);
  const named: AlertingDesk['named'] = (title) => at.named(title);
  const pages: AlertingDesk['pages'] = (title) => at.pages(title);
  const paging = async (title: string) => (await at.paging(title)).state;
  const route: AlertingDesk['route'] = (rules, more) => at.route(rules, more);
  const mute = (matchers: string, minutes: number) => at.mute(matchers, { reason: 'Work', kind: 'maintenance', minutes });

  it('what its sender took before the desk got to it pages nobody', async () => {
    const event = (status: string) => ({ status, title: 'Taken at once', key: 'taken', severity: 'critical', host: 'db1' });
    await post('events', [event('firing'), event('acknowledged')]);
    const { alert } = await named('Taken at once');
    assert.equal(alert.state, 'acknowledged');
    assert.equal(await pages('Taken at once'), 0);
  });

  it('one that fires again pages, although a muted one of its group kept the group open', async () => {
    await mute('{alertname="Again",instance="muted"}', 120);
    await fire({ alertname: 'Again', instance: 'muted' }, { alertname: 'Again', instance: 'free' });
    assert.equal(await pages('Again free'), 1);
    await end({ alertname: 'Again', instance: 'free' });
    assert.equal(await paging('Again free'), 'ended');
    await desk.advance({ minutes: 1 });
    await fire({ alertname: 'Again', instance: 'free' });
    const again = await named('Again free');
    assert.equal(again.alert.state, 'triggered');
    assert.equal(await paging('Again free'), 'running');
    assert.equal(again.group?.count, 2, 'one that fires again is counted once');
    await end({ alertname: 'Again', instance: 'free' }, { alertname: 'Again', instance: 'muted' });
  });

  it('one that tells nobody and fires again is counted in an open group', async () => {
    await fire({ alertname: 'Quiet', severity: 'info' });
    await end({ alertname: 'Quiet', severity: 'info' });
    await desk.advance({ minutes: 1 });
    await fire({ alertname: 'Quiet', severity: 'info' });
    assert.equal((await named('Quiet')).alert.state, 'triggered');
    assert.deepEqual(
      (await desk.alerts.groups({ state: 'open', q: 'Quiet' })).items.map((group) => group.open),
      [1],
    );
    await end({ alertname: 'Quiet', severity: 'info' });
    assert.equal((await desk.alerts.groups({ state: 'open', q: 'Quiet' })).items.length, 0);
  });

  const icinga = (service: string, state: string, type = 'PROBLEM') =>
    post('icinga', { notification_type: type, host_name: 'db1', service_name: service, service_state: state, service_output: `${service} is ${state}` });
  const ofIcinga = async (service: string) => {
    const found = (await desk.alerts.list({ q: service, limit: 50 })).items;
    assert.equal(found.length, 1);
    return found[0]!;
  };

  it('one that gets worse under the same key pages', async () => {
    await icinga('disk-a', 'WARNING');
    const warned = await ofIcinga('disk-a');
    assert.equal(warned.severity, 'warning');
    assert.equal((await desk.oncall.paging({ number: warned.number })).pages.length, 0);
    await icinga('disk-a', 'CRITICAL');
    const worse = await ofIcinga('disk-a');
    assert.equal(worse.severity, 'critical');
    assert.equal((await desk.oncall.paging({ number: warned.number })).pages.length, 1);
    await icinga('disk-a', 'CRITICAL');
    assert.equal((await desk.oncall.paging({ number: warned.number })).pages.length, 1, 'a repeat pages nobody');
    await icinga('disk-a', 'WARNING');
    assert.equal((await ofIcinga('disk-a')).severity, 'critical');
    await icinga('disk-a', 'OK', 'RECOVERY');
    assert.equal((await ofIcinga('disk-a')).state, 'resolved');
    assert.equal((await desk.oncall.paging({ number: warned.number })).state, 'ended');
    assert.equal((await desk.alerts.groups({ state: 'open', q: 'disk-a' })).items.length, 0);
  });

  it('one that comes back worse pages', async () => {
    await icinga('disk-b', 'WARNING');
    await icinga('disk-b', 'OK', 'RECOVERY');
    await desk.advance({ minutes: 1 });
    await icinga('disk-b', 'CRITICAL');
    const [worst] = (await desk.alerts.list({ q: 'disk-b', state: ['triggered'] })).items;
    assert.equal(worst?.severity, 'critical');
    assert.equal((await desk.oncall.paging({ number: worst?.number ?? '' })).pages.length, 1);
    await icinga('disk-b', 'OK', 'RECOVERY');
  });

  it('one that somebody acknowledged as an error pages when it is critical', async () => {
    const event = (severity: string, action = 'trigger') => post('events', { title: 'Queue grows', key: 'queue', severity, status: action === 'trigger' ? 'firing' : 'resolved' });
    await event('error');
    const { number } = (await named('Queue grows')).alert;
    await ada.alerts.acknowledge({ number });
    await event('critical');
    const worse = (await named('Queue grows')).alert;
    assert.equal(worse.severity, 'critical');
    assert.equal(worse.state, 'triggered');
    assert.equal(await paging('Queue grows'), 'running');
    await event('critical', 'resolve');
    assert.equal(await paging('Queue grows'), 'ended');
  });

  it('one that was acknowledged, ends and fires again within one message is told again', async () => {
    await fire({ alertname: 'Blinks' });
    await ada.alerts.acknowledge({ number: (await named('Blinks')).alert.number });
    const alert = (status: string) => ({ status, labels: { severity: 'critical', alertname: 'Blinks' }, annotations: { summary: 'Blinks' } });
    await post('alertmanager', { version: '4', alerts: [alert('resolved'), alert('firing')] });
    assert.equal((await named('Blinks')).alert.state, 'triggered');
    assert.equal(await paging('Blinks'), 'running');
    await end({ alertname: 'Blinks' });
    assert.equal(await paging('Blinks'), 'ended');
  });

  it('when a group has fired often enough, all of it is told, also what waited before', async () => {
    await route([{ name: 'Often', matchers: '{alertname="Often"}', set: { openAfter: 2, openWithinMinutes: 10 } }]);
    await fire({ alertname: 'Often', instance: 'first' });
    assert.equal((await named('Often first')).alert.held, 'unconfirmed');
    await fire({ alertname: 'Often', instance: 'second' });
    assert.equal((await named('Often first')).alert.held, null);
    await end({ alertname: 'Often', instance: 'second' });
    const { group } = await named('Often first');
    assert.equal(group?.lead ? (await desk.oncall.paging({ number: group.lead.number })).state : 'none', 'running');
    await end({ alertname: 'Often', instance: 'first' });
    await route([]);
  });

  it('signals that come during a mute count towards often enough', async () => {
    await route([{ name: 'Often', matchers: '{alertname="Masked"}', set: { openAfter: 3, openWithinMinutes: 60 } }]);
    await mute('{alertname="Masked"}', 10);
    for (let time = 0; time < 4; time += 1) await fire({ alertname: 'Masked' });
    assert.equal((await named('Masked')).alert.held, 'muted');
    await desk.advance({ minutes: 11 });
    assert.equal((await named('Masked')).alert.held, null);
    assert.equal(await pages('Masked'), 1);
    await end({ alertname: 'Masked' });
    await route([]);
  });

  it('what its sender takes does not stop the page for the others of its group', async () => {
    const event = (name: string, status: string) => post('events', { title: `Shard ${name}`, key: `shard-${name}`, severity: 'critical', status });
    await route([], { defaults: { ...DEFAULTS, groupBy: ['severity'] } });
    await event('one', 'firing');
    await event('two', 'firing');
    await event('one', 'acknowledged');
    assert.equal((await named('Shard one')).alert.state, 'acknowledged');
    assert.equal((await named('Shard two')).alert.state, 'triggered');
    const lead = (await named('Shard two')).group?.lead;
    assert.ok(lead);
    assert.equal((await desk.oncall.paging({ number: lead.number })).state, 'running');
    await event('two', 'acknowledged');
    assert.equal((await desk.oncall.paging({ number: lead.number })).state, 'acknowledged');
    await event('one', 'resolved');
    await event('two', 'resolved');
    await route([]);
  });

  it('what a mute held back is told when somebody ends it, however many older alerts fire', async () => {
    for (let part = 0; part < 6; part += 1) await fire(...Array.from({ length: 900 }, (_, i) => ({ alertname: 'Old', instance: `${part * 900 + i}` })));
    const made = await mute('{alertname="Late"}', 10);
    await fire({ alertname: 'Late' });
    assert.equal((await named('Late')).alert.held, 'muted');
    await desk.mutes.end({ number: made.number, version: made.version });
    await desk.drain();
    assert.equal((await named('Late')).alert.held, null);
    assert.equal(await pages('Late'), 1);
    await end({ alertname: 'Late' });
    for (let part = 0; part < 6; part += 1) await end(...Array.from({ length: 900 }, (_, i) => ({ alertname: 'Old', instance: `${part * 900 + i}` })));
  });

  it('what pages nobody explains nothing that pages', async () => {
    const database = await desk.catalog.createComponent({ name: 'hushed-db', type: 'database' });
    const shop = await desk.catalog.create({ name: 'hushed-shop', tier: 1 });
    await desk.catalog.addEdge({ provider: database.number, consumer: shop.number, impact: 'hard' });
    await route([{ name: 'Hush', matchers: '{alertname="Hushed"}', set: { outcome: 'log' } }]);
    await fire({ alertname: 'Hushed', instance: 'hushed-db:5432' });
    await fire({ alertname: 'ShopIsDown', service: 'hushed-shop' });
    assert.equal((await named('ShopIsDown')).alert.held, null);
    assert.equal(await pages('ShopIsDown'), 1);
    await end({ alertname: 'Hushed', instance: 'hushed-db:5432' }, { alertname: 'ShopIsDown', service: 'hushed-shop' });
    await route([]);
  });

  for (const order of ['together', 'one after another'])
    it(`of two alerts that explain each other one is told (${order})`, async () => {
      await route([], {
        inhibit: [
          { id: 'a', name: 'Node down', source: '{alertname="NodeDown"}', target: '{alertname="ClusterDown"}', equal: [] },
          { id: 'b', name: 'Cluster down', source: '{alertname="ClusterDown"}', target: '{alertname="NodeDown"}', equal: [] },
        ],
      });
      const both = [
        { alertname: 'NodeDown', instance: order },
        { alertname: 'ClusterDown', instance: order },
      ];
      if (order === 'together') await fire(...both);
      else for (const one of both) await fire(one);
      const check = async () => {
        const held = [(await named(`NodeDown ${order}`)).alert.held, (await named(`ClusterDown ${order}`)).alert.held];
        assert.equal(held.filter((one) => one === 'inhibited').length, 1);
        assert.equal(held.filter((one) => one === null).length, 1);
        assert.equal((await pages(`NodeDown ${order}`)) + (await pages(`ClusterDown ${order}`)), 1);
      };
      await check();
      const made = await mute('{alertname="Unrelated"}', 10);
      await desk.mutes.end({ number: made.number, version: made.version });
      await desk.drain();
      await check();
      await end(...both);
      await route([]);
    });

  it('a hold that ends while its sender said once that it is over neither resolves nor delays it', async () => {
    await route([{ name: 'Slow', matchers: '{alertname="Wobbles"}', set: { holdSeconds: 120, resolveAfter: 1, calmMinutes: 20 } }]);
    await fire({ alertname: 'Wobbles' });
    await desk.advance({ seconds: 30 });
    await end({ alertname: 'Wobbles' });
    await desk.advance({ minutes: 5 });
    assert.notEqual((await named('Wobbles')).alert.state, 'resolved', 'it was calm for 5 of 20 minutes');
    await desk.advance({ minutes: 20 });
    assert.equal((await named('Wobbles')).alert.state, 'resolved');
    await route([{ name: 'Slow', matchers: '{alertname="Shakes"}', set: { holdSeconds: 120, resolveAfter: 1, calmMinutes: 20 } }]);
    await fire({ alertname: 'Shakes' });
    await desk.advance({ seconds: 30 });
    await end({ alertname: 'Shakes' });
    await desk.advance({ seconds: 30 });
    await fire({ alertname: 'Shakes' });
    await desk.advance({ seconds: 90 });
    assert.equal(await pages('Shakes'), 1, 'two minutes after it began it is told');
    await route([]);
  });
});
