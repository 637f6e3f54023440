import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';

describe('watch', () => {
  let inbox: Inbox;
  let desk: TestDesk;
  let ada: TestPerson;
  let bo: TestPerson;
  let alert: string;
  let key: string;
  before(async () => {
    inbox = await openInbox();
    desk = await openTestDesk({ at: '2026-03-24T09:00:00Z', env: { QD_SMTP_URL: inbox.url } });
    ada = await desk.person('Ada Byron', 'responder');
    bo = await desk.person('Bo Lindqvist', 'responder');
    const team = await desk.people.createTeam({ name: 'Payments' });
    await desk.people.addMember({ number: team.number, person: ada.number });
    const rota = await desk.rotas.create({
      name: 'First',
      zone: 'Europe/Berlin',
      team: team.number,
      layer: { name: 'Daily', kind: 'daily', start: '2026-03-24T09:00', people: [ada.number, bo.number] },
    });
    const policy = await desk.oncall.createPolicy({
      name: 'Payments',
      repeat: 0,
      steps: [
        { targets: [{ kind: 'person', number: ada.number }], waitMinutes: 15 },
        { targets: [{ kind: 'rota', number: rota.number }], waitMinutes: 15 },
      ],
    });
    const service = await desk.catalog.create({ name: 'payments-api', tier: 2, team: team.number });
    await desk.oncall.cover({ number: policy.number, service: service.number });
    ({ key } = await desk.alerts.createSource({ name: 'Pager', service: service.number }));
    await fetch(`${desk.url}/v2/enqueue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ routing_key: key, event_action: 'trigger', dedup_key: 'a', payload: { summary: 'connections above 95 %', source: 'db1', severity: 'critical' } }),
    });
    await desk.drain();
    alert = (await desk.alerts.list({ limit: 1 })).items[0]?.number ?? '';
    await bo.incidents.declare({ title: 'Mail is slow', severity: 'SEV2', team: team.number });
    await ada.followups.create({ title: 'Add an alarm', owner: 'me', dueOn: '2026-03-20' });
    await bo.followups.create({ title: 'Tidy up', owner: 'me', dueOn: '2026-03-26' });
  });
  after(async () => {
    await desk.close();
    await inbox.close();
  });

  it('ranks what needs me, the page first, each line with reasons and the parts of its score', async () => {
    const { items, pagesWaiting, counts } = await ada.watch.needs({});
    assert.equal(pagesWaiting, 1);
    assert.equal(items[0]?.record?.number, alert);
    assert.deepEqual([items[0]?.action.verb, items[0]?.dueWords], ['alerts.acknowledge', 'in 15 min']);
    assert.ok(items[0]?.reasons.some((reason) => reason.words.endsWith('is next')));
    for (const need of items)
      assert.equal(
        need.score,
        need.scoreParts.reduce((sum, part) => sum + part.points, 0),
      );
    assert.ok(items.some((need) => need.title === 'Add an alarm' && need.state === 'warning'));
    assert.ok(!items.some((need) => need.title === 'Tidy up'));
    assert.ok(counts.everyone >= counts.teams);
    const rail = await ada.watch.counts({});
    assert.deepEqual([rail.needs, rail.pages, rail.liveIncidents, rail.openAlerts], [counts.mine, 1, 1, 1]);
  });

  it('asks for an update before it is overdue, and loses the page when it is answered', async () => {
    await desk.advance({ minutes: 25 });
    assert.ok((await bo.watch.needs({})).items.some((need) => need.title === 'Mail is slow' && need.action.label === 'Post update' && need.state === 'warning'));
    await desk.advance({ minutes: 10 });
    assert.equal((await bo.watch.needs({})).items.find((need) => need.title === 'Mail is slow')?.state, 'critical');
    await ada.alerts.acknowledge({ number: alert });
    const { items, pagesWaiting } = await ada.watch.needs({ scope: 'everyone' });
    assert.equal(pagesWaiting, 0);
    assert.ok(!items.some((need) => need.record?.number === alert));
    assert.ok(items.some((need) => need.title === 'Tidy up'));
  });

  it('shows the day: live incidents, who is on call, what changed, handovers and the change of the clocks', async () => {
    const today = await ada.watch.today({});
    assert.deepEqual(
      today.live.map((one) => one.title),
      ['Mail is slow'],
    );
    assert.deepEqual(
      today.onCall.map((one) => one.people.map((p) => p.title)),
      [['Ada Byron']],
    );
    assert.ok(today.changed.some((one) => one.did === 'incident.declared' && one.actor?.title === 'Bo Lindqvist'));
    assert.ok(today.changed.some((one) => one.did === 'service.created'));
    assert.deepEqual(
      today.next.filter((one) => one.kind === 'clock change').map((one) => [one.at, one.words]),
      [['2026-03-29T01:00:00.000Z', 'Clocks go forward in Europe/Berlin']],
    );
    assert.equal(today.next.filter((one) => one.kind === 'handover').length, 7);
    assert.ok(today.next.some((one) => one.kind === 'action due' && one.words === 'Tidy up'));
  });

  it('shows what belongs together as one line with its count, and leaves out what is held back', async () => {
    const fire = async (status: 'firing' | 'resolved', names: readonly string[], severity = 'critical') => {
      const alerts = names.map((name) => {
        const [alertname = '', instance = ''] = name.split(' ');
        return { status, labels: { severity, alertname, instance }, annotations: { summary: name } };
      });
      await fetch(`${desk.url}/ingest/${key}/alertmanager`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ version: '4', alerts }) });
      await desk.drain();
    };
    const lines = async (who: TestPerson) => (await who.watch.needs({ scope: 'everyone' })).items.filter(({ record }) => record?.kind === 'alert' && record.number !== alert);
    await desk.mutes.create({
      reason: 'Known',
      matchers: ['{alertname="Muted"}'],
      when: { kind: 'window', from: new Date(desk.now()).toISOString(), until: new Date(desk.now() + 3_600_000).toISOString() },
    });
    await desk.drain();
    const before = (await ada.watch.counts({})).openAlerts;
    await fire('firing', ['Pods a', 'Pods b', 'Pods c', 'Muted a']);
    await fire('resolved', ['Pods b']);
    await fire('firing', ['Slow a', 'Slow b'], 'warning');
    const [page, others] = [await lines(ada), await lines(bo)];
    assert.deepEqual(page.map(({ title }) => title).toSorted(), ['Pods a', 'Slow a']);
    assert.ok(page.find(({ title }) => title === 'Pods a')?.reasons.some(({ words }) => words === '3 alerts, 2 fire'));
    assert.deepEqual(
      others.map(({ title, action, reasons }) => [title, action.label, reasons[0]?.words]),
      [
        ['Pods a', 'Acknowledge', '3 alerts, 2 fire'],
        ['Slow a', 'Open all', '2 alerts'],
      ],
    );
    assert.equal((await ada.watch.counts({})).openAlerts, before + 2);
    const [service] = (await ada.catalog.list({ q: 'payments-api' })).items;
    const { facts } = await ada.catalog.get({ number: service!.number });
    assert.ok(facts.some(({ words }) => /^Pods a, for .*, and 1 more of its kind$/.test(words)));
    await fire('resolved', ['Pods a', 'Pods c', 'Muted a']);
    await fire('resolved', ['Slow a', 'Slow b'], 'warning');
    assert.deepEqual(await lines(ada), []);
  });

  it('says which services nobody would be paged for, and stops when a policy covers them', async () => {
    const lone = await desk.catalog.create({ name: 'Lone service', tier: 1 });
    const need = async () => (await desk.watch.needs({ scope: 'everyone' })).items.find(({ record }) => record?.number === lone.number);
    const [policy] = (await desk.oncall.policies({})).items;
    assert.deepEqual(
      (await need())?.reasons.map(({ words }) => words),
      ['No escalation policy covers it', 'It belongs to no team'],
    );
    await desk.oncall.cover({ number: policy!.number, service: lone.number });
    assert.deepEqual(
      (await need())?.reasons.map(({ words }) => words),
      ['It belongs to no team'],
    );
  });

  it('keeps a restricted incident from those who may not see it', async () => {
    const { incident } = await desk.incidents.declare({ title: 'Secret', severity: 'SEV1', commander: null, restricted: true });
    assert.ok((await desk.watch.needs({ scope: 'everyone' })).items.some((need) => need.record?.number === incident.number && need.action.label === 'Take command'));
    assert.ok(!JSON.stringify([await ada.watch.needs({ scope: 'everyone' }), await ada.watch.today({})]).includes('Secret'));
  });

  it('says of a rota that nobody will be on call, and when the time has come that nobody is', async () => {
    const gap = async () =>
      (await desk.watch.needs({ scope: 'everyone' })).items.find(({ title }) => title.endsWith('be on call in First') || title.endsWith('is on call in First'));
    assert.equal(await gap(), undefined);
    const day = (ahead: number) => new Date(desk.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    const absence = { from: `${day(2)}T00:00`, until: `${day(4)}T00:00` };
    for (const one of [ada, bo]) await one.rotas.addAbsence(absence);
    assert.deepEqual([(await gap())?.title, (await gap())?.state], ['Nobody will be on call in First', 'warning']);
    assert.match((await gap())?.reasons[0]?.words ?? '', /^48 hours without anybody/);
    assert.ok((await desk.watch.today({})).changed.some(({ did }) => did === 'absence.added'));
    await desk.advance({ days: 3 });
    assert.deepEqual([(await gap())?.title, (await gap())?.state], ['Nobody is on call in First', 'critical']);
  });
});
