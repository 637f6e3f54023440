import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openAlertingDesk, type AlertingDesk } from '#testing/alerting.ts';
import { refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { PLAIN_ROUTING } from './rules/index.ts';

describe('alerts on their way to people', () => {
  let at: AlertingDesk;
  let desk: TestDesk;
  let ada: TestPerson;

  before(async () => {
    at = await openAlertingDesk();
    ({ desk, ada } = at);
  });
  after(() => desk.close());

  const fire: AlertingDesk['fire'] = (...labels) => at.fire(...labels);
  const end: AlertingDesk['end'] = (...labels) => at.end(...labels);
  const named: AlertingDesk['named'] = (title) => at.named(title);
  const pages: AlertingDesk['pages'] = (title) => at.pages(title);
  const route: AlertingDesk['route'] = (rules, more) => at.route(rules, more);
  const said = async (title: string, question: string) => (await named(title)).stages.find((stage) => stage.question === question);

  it('ten thousand alerts of one cause are one group with a count and one page, and the first of another service overtakes nothing but gets through', async () => {
    const pod = (i: number) => ({ alertname: 'PodDown', instance: `pod-${i}` });
    for (let part = 0; part < 10; part += 1) await fire(...Array.from({ length: 1000 }, (_, i) => pod(part * 1000 + i)));
    await fire({ alertname: 'Other', instance: 'x' });
    const first = await named('PodDown pod-0');
    assert.equal(first.alert.groupCount, 10_000);
    assert.equal(first.group?.open, 10_000);
    assert.equal(first.group?.lead?.id, first.alert.id);
    assert.equal(await pages('PodDown pod-0'), 1);
    assert.equal(await pages('PodDown pod-77'), 0);
    assert.match((await said('PodDown pod-77', 'Together with others?'))?.sentence ?? '', new RegExp(`People were paged about ${first.alert.number}`));
    assert.equal(await pages('Other x'), 1);
    const { items } = await desk.alerts.groups({ state: 'open' });
    assert.deepEqual(
      items.map((group) => [group.title, group.count, group.open]),
      [
        ['Other x', 1, 1],
        ['PodDown pod-0', 10_000, 10_000],
      ],
    );
    await ada.alerts.acknowledge({ number: first.alert.number });
    assert.equal((await named('PodDown pod-9999')).alert.state, 'acknowledged');
    for (let part = 0; part < 10; part += 1) await end(...Array.from({ length: 1000 }, (_, i) => pod(part * 1000 + i)));
    await end({ alertname: 'Other', instance: 'x' });
    assert.equal((await desk.alerts.groups({ state: 'open' })).items.length, 0);
    assert.equal((await desk.oncall.paging({ number: first.alert.number })).state, 'ended');
  });

  it('a group goes on while one of it fires, and what is worse pages again', async () => {
    await fire({ alertname: 'Slow', instance: 'a', severity: 'error' }, { alertname: 'Slow', instance: 'b', severity: 'error' });
    await end({ alertname: 'Slow', instance: 'a', severity: 'error' });
    const lead = await named('Slow a');
    assert.equal(lead.alert.state, 'resolved');
    assert.equal((await desk.oncall.paging({ number: lead.alert.number })).state, 'running');
    await ada.alerts.acknowledge({ number: lead.alert.number });
    assert.equal((await named('Slow b')).alert.state, 'acknowledged');
    await fire({ alertname: 'Slow', instance: 'c', severity: 'error' });
    assert.equal(await pages('Slow c'), 0);
    await fire({ alertname: 'Slow', instance: 'd', severity: 'critical' });
    assert.equal(await pages('Slow d'), 1);
    for (const instance of ['b', 'c']) await end({ alertname: 'Slow', instance, severity: 'error' });
    await end({ alertname: 'Slow', instance: 'd', severity: 'critical' });
    assert.equal((await desk.oncall.paging({ number: (await named('Slow d')).alert.number })).state, 'ended');
  });

  it('a mute holds alerts back and says so; when it is over and they still fire, they are told', async () => {
    const mute = await at.mute('{alertname="Rack"}', { reason: 'Rack move', kind: 'maintenance', minutes: 60 });
    await fire({ alertname: 'Rack', instance: 'one' }, { alertname: 'Rack', instance: 'two' });
    const held = await named('Rack one');
    assert.equal(held.alert.held, 'muted');
    assert.match(held.whyNotMe ?? '', new RegExp(`${mute.number} “Rack move”`));
    assert.equal(await pages('Rack one'), 0);
    await end({ alertname: 'Rack', instance: 'one' });
    await desk.advance({ minutes: 61 });
    assert.equal((await named('Rack two')).alert.held, null);
    assert.equal(await pages('Rack two'), 1);
    const timeline = (await desk.records.timeline({ number: (await named('Rack two')).alert.number })).items.map((entry) => entry.did);
    assert.ok(timeline.includes('alert.released'));
    await end({ alertname: 'Rack', instance: 'two' });
  });

  it('a mute that begins while people are paged ends the page', async () => {
    await fire({ alertname: 'Noise' });
    assert.equal(await pages('Noise'), 1);
    const mute = await at.mute('{alertname="Noise"}', { reason: 'Known', minutes: 30 });
    const quiet = await named('Noise');
    assert.equal(quiet.alert.held, 'muted');
    assert.equal((await desk.oncall.paging({ number: quiet.alert.number })).state, 'ended');
    await desk.mutes.end({ number: mute.number, version: mute.version });
    await desk.drain();
    assert.equal((await named('Noise')).alert.held, null);
    assert.equal((await desk.oncall.paging({ number: quiet.alert.number })).state, 'running');
    await end({ alertname: 'Noise' });
  });

  for (const order of ['provider first', 'consumer first'] as const)
    it(`what falls because a provider failed is silent and says so (${order}); when the provider is back and it still fires, it is told`, async () => {
      const name = order.slice(0, 4);
      const database = await desk.catalog.createComponent({ name: `${name}-db`, type: 'database' });
      const shop = await desk.catalog.create({ name: `${name}-shop`, tier: 1 });
      await desk.catalog.addEdge({ provider: database.number, consumer: shop.number, impact: 'hard' });
      const cause = { alertname: `${name}DbDown`, instance: `${name}-db:5432` };
      const effect = { alertname: `${name}ShopDown`, service: `${name}-shop` };
      const title = `${name}ShopDown`;
      for (const labels of order === 'provider first' ? [cause, effect] : [effect, cause]) await fire(labels);
      const fallen = await named(title);
      assert.equal(fallen.alert.held, 'inhibited');
      const tells = await named(`${name}DbDown ${name}-db:5432`);
      assert.equal(tells.alert.held, null);
      assert.match(fallen.whyNotMe ?? '', new RegExp(`${name}-shop falls because ${name}-db failed. ${tells.alert.number} tells of that`));
      assert.equal(tells.alert.service?.title, `${name}-shop`);
      assert.equal((await desk.oncall.paging({ number: tells.alert.number })).state, 'running');
      assert.equal((await desk.oncall.paging({ number: fallen.alert.number })).state, order === 'provider first' ? 'none' : 'ended');
      await end(cause);
      assert.equal((await named(title)).alert.held, null);
      assert.equal((await desk.oncall.paging({ number: fallen.alert.number })).state, 'running');
      await end(effect);
    });

  it('a rule by which one alert explains others holds them back while it fires', async () => {
    await route([], { inhibit: [{ id: 'i', name: 'Host down', source: '{alertname="HostDown"}', target: '{alertname=~"Svc.*"}', equal: ['host'] }] });
    await fire({ alertname: 'SvcA', host: 'h1' }, { alertname: 'SvcA', host: 'h2', instance: 'other' });
    await fire({ alertname: 'HostDown', host: 'h1' });
    assert.equal((await named('SvcA')).alert.held, 'inhibited');
    assert.equal((await named('SvcA other')).alert.held, null);
    assert.match((await named('SvcA')).whyNotMe ?? '', /“HostDown” fires, and the rule “Host down”/);
    await end({ alertname: 'HostDown', host: 'h1' });
    assert.equal((await named('SvcA')).alert.held, null);
    await end({ alertname: 'SvcA', host: 'h1' }, { alertname: 'SvcA', host: 'h2', instance: 'other' });
  });

  it('what passes by itself wakes nobody; what stays is told when the wait is over', async () => {
    await route([{ name: 'Transient', matchers: '{alertname="Blip"}', set: { holdSeconds: 60, reopenMinutes: 0, groupBy: ['...'] } }]);
    await fire({ alertname: 'Blip', instance: 'short' }, { alertname: 'Blip', instance: 'long' });
    assert.equal((await named('Blip short')).alert.held, 'settling');
    await desk.advance({ seconds: 30 });
    await end({ alertname: 'Blip', instance: 'short' });
    await desk.advance({ seconds: 31 });
    assert.equal(await pages('Blip short'), 0);
    assert.equal(await pages('Blip long'), 1);
    assert.match((await said('Blip long', 'Does it pass by itself?'))?.sentence ?? '', /still fired after 1 min/);
    await end({ alertname: 'Blip', instance: 'long' });
  });

  it('waits for as many signals as a rule asks for, and begins anew after a resolve', async () => {
    await route([{ matchers: '{alertname="Retry"}', set: { openAfter: 3, openWithinMinutes: 10, reopenMinutes: 0 } }]);
    await fire({ alertname: 'Retry' });
    await end({ alertname: 'Retry' });
    for (let i = 0; i < 2; i += 1) await fire({ alertname: 'Retry' });
    assert.equal((await named('Retry')).alert.held, 'unconfirmed');
    await fire({ alertname: 'Retry' });
    assert.equal((await named('Retry')).alert.held, null);
    assert.equal(await pages('Retry'), 1);
    await end({ alertname: 'Retry' });
  });

  it('stays open until it was calm for long enough, and one that flaps is the same alert that is resolved later', async () => {
    await route([{ matchers: '{alertname="Calm"}', set: { calmMinutes: 5 } }]);
    await fire({ alertname: 'Calm' });
    await end({ alertname: 'Calm' });
    assert.equal((await named('Calm')).alert.state, 'triggered');
    await desk.advance({ minutes: 4 });
    await fire({ alertname: 'Calm' });
    await end({ alertname: 'Calm' });
    await desk.advance({ minutes: 4 });
    assert.equal((await named('Calm')).alert.state, 'triggered');
    await desk.advance({ minutes: 2 });
    assert.equal((await named('Calm')).alert.state, 'resolved');
    await route([]);
    for (let i = 0; i < 4; i += 1) {
      await fire({ alertname: 'Flap' });
      await end({ alertname: 'Flap' });
      await desk.advance({ minutes: 1 });
    }
    assert.equal((await desk.alerts.list({ q: 'Flap' })).items.length, 1);
    assert.equal((await named('Flap')).alert.state, 'triggered');
    await desk.advance({ minutes: 11 });
    assert.equal((await named('Flap')).alert.state, 'resolved');
  });

  it('goes where the rules send it: another policy, an action, or nowhere; the rules are tried on the past first', async () => {
    const bo = await desk.person('Bo Berg', 'responder');
    const policy = await desk.oncall.createPolicy({ name: 'Night', steps: [{ targets: [{ kind: 'person', number: bo.number }], waitMinutes: 60 }] });
    const rules = [
      { id: 'a', matchers: '{alertname="Certificate"}', name: 'Certificates', set: { outcome: 'ticket' as const } },
      { id: 'b', matchers: '{alertname=~"Night.*"}', name: 'Night', set: { policy: policy.number } },
      { id: 'c', under: 'b', matchers: '{env="test"}', name: 'but not in test', set: { outcome: 'log' as const } },
    ];
    await route(rules);
    await fire({ alertname: 'Certificate' }, { alertname: 'NightJob' }, { alertname: 'NightTest', env: 'test' });
    assert.equal(await pages('Certificate'), 0);
    const [action] = (await desk.followups.list({})).items;
    assert.equal(action?.about?.number, (await named('Certificate')).alert.number);
    assert.equal((await desk.oncall.paging({ number: (await named('NightJob')).alert.number })).pages[0]?.person?.title, 'Bo Berg');
    assert.match((await named('NightTest')).whyNotMe ?? '', /The rule “Night › but not in test” says so/);
    const tried = await desk.alerts.tryRouting({
      rules: { ...PLAIN_ROUTING, rules: [{ id: 'x', under: null, name: 'Nothing', matchers: '{alertname=~".+"}', goOn: false, set: { outcome: 'log' } }] } as never,
    });
    assert.equal(tried.after.page, 0);
    assert.ok(tried.before.page > 3);
    assert.equal(tried.alerts, tried.after.log);
    assert.ok(tried.changed.length > 0);
  });

  it('refuses rules that cannot work with a sentence, and older ones than are in force', async () => {
    const rule = { id: 'a', under: null, name: 'Bad', matchers: '{x=~"("}', goOn: false, set: {} };
    assert.match(
      (await refusalOf(desk.alerts.setRouting({ version: at.version(), rules: { ...PLAIN_ROUTING, rules: [rule] } as never }))).sentence,
      /the pattern of x cannot be read/,
    );
    assert.match(
      (await refusalOf(desk.alerts.setRouting({ version: at.version(), rules: { ...PLAIN_ROUTING, rules: [{ ...rule, matchers: '' }] } as never }))).sentence,
      /say which alerts it is for/,
    );
    assert.match(
      (await refusalOf(desk.alerts.setRouting({ version: at.version(), rules: { ...PLAIN_ROUTING, rules: [{ ...rule, matchers: 'a="b"', set: { policy: 'POL-99' } }] } as never })))
        .sentence,
      /POL-99 is not an escalation policy in use/,
    );
    assert.equal((await refusalOf(desk.alerts.setRouting({ version: 0, rules: PLAIN_ROUTING as never }))).kind, 'conflict');
    assert.equal((await refusalOf(ada.alerts.setRouting({ version: at.version(), rules: PLAIN_ROUTING as never }))).kind, 'forbidden');
  });
});
