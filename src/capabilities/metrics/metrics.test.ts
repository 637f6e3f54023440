import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tasksOf } from '#kernel/worker.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import type { Opens } from './contract.ts';

describe('figures', () => {
  let desk: TestDesk;
  let ada: TestPerson;
  let service: string;
  const window = { from: '2026-03-01T00:00:00Z', until: '2026-04-01T00:00:00Z' };

  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    ada = await desk.person('Ada Byron', 'responder');
    service = (await desk.catalog.create({ name: 'payments-api', tier: 1 })).number;
    const policy = await desk.oncall.createPolicy({ name: 'Payments', repeat: 0, steps: [{ targets: [{ kind: 'person', number: ada.number }], waitMinutes: 500 }] });
    await desk.oncall.cover({ number: policy.number, service });
    const { key } = await desk.alerts.createSource({ name: 'Pager', service });
    const send = async (dedupKey: string, action: string) => {
      await fetch(`${desk.url}/v2/enqueue`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ routing_key: key, event_action: action, dedup_key: dedupKey, payload: { summary: dedupKey, source: 'db1', severity: 'critical' } }),
      });
      await desk.drain();
    };
    for (let i = 0; i < 9; i += 1) {
      await send(`alert ${i}`, 'trigger');
      await desk.advance({ minutes: 1 + i * 7 });
      const [alert] = (await desk.alerts.list({ limit: 1 })).items;
      if (i % 3 !== 0) await ada.alerts.acknowledge({ number: alert?.number ?? '' });
      await desk.advance({ minutes: 30 });
      if (i % 2 === 0) await send(`alert ${i}`, 'resolve');
      if (i % 4 === 0) {
        const {
          incident: { number },
        } = await ada.incidents.declare({ title: `Incident ${i}`, severity: i === 0 ? 'SEV1' : 'SEV3', service });
        await desk.advance({ hours: i + 1 });
        if (i !== 8) await ada.incidents.resolve({ number, resolution: 'Over.' });
      }
      await ada.followups.create({ title: `Do ${i}`, owner: 'me', dueOn: '2026-03-06' });
      await desk.advance({ hours: 14 });
    }
    await ada.followups.complete({ number: (await ada.followups.list({ limit: 1 })).items[0]?.number ?? '', evidence: 'Done.' });
    await desk.advance({ days: 7 });
  });
  after(() => desk.close());

  const listed = async (opens: Opens) => {
    let [count, cursor] = [0, undefined as string | undefined];
    do {
      const page = await ada.metrics.records({ ...opens, limit: 2, ...(cursor ? { cursor } : {}) });
      count += page.items.length;
      cursor = page.cursor ?? undefined;
    } while (cursor);
    return count;
  };

  it('open exactly the list that they count, bucket by bucket and week by week', async () => {
    const all = [await ada.metrics.timeToAcknowledge(window), await ada.metrics.timeToResolve({ ...window, of: 'alerts' }), await ada.metrics.timeToResolve(window)];
    for (const { total, weeks } of all) {
      for (const distribution of [total, ...weeks.map((week) => week.distribution)]) {
        assert.equal(await listed(distribution.opens), distribution.count);
        assert.equal(await listed(distribution.unansweredOpens), distribution.unanswered);
      }
      for (const bucket of total.buckets.filter((b) => b.count > 0)) assert.equal(await listed(bucket.opens), bucket.count);
      assert.equal(
        weeks.reduce((sum, week) => sum + week.distribution.count + week.distribution.unanswered, 0),
        total.count + total.unanswered,
      );
    }
    const [acknowledged, , resolved] = all;
    assert.deepEqual([acknowledged?.total.count, acknowledged?.total.unanswered], [6, 3]);
    assert.equal(acknowledged?.total.max, (1 + 8 * 7) * 60_000);
    assert.deepEqual([resolved?.total.count, resolved?.total.unanswered, resolved?.total.p50], [2, 1, 3_600_000]);
  });

  it('counts volume, pages at night, incidents by severity and overdue actions, each with its list', async () => {
    const volume = await ada.metrics.alertVolume(window);
    assert.deepEqual(
      volume.services.map((s) => [s.service?.number, s.total]),
      [[service, 9]],
    );
    for (const week of volume.weeks) assert.equal(await listed(week.opens), week.count);
    const pages = await ada.metrics.pagesOutOfHours(window);
    assert.ok(pages.weeks.reduce((sum, week) => sum + week.all.count, 0) >= 9, 'each alert paged somebody');
    assert.ok(pages.weeks.some((week) => week.outOfHours.count > 0 && week.outOfHours.count < week.all.count));
    for (const week of pages.weeks) assert.deepEqual([await listed(week.all.opens), await listed(week.outOfHours.opens)], [week.all.count, week.outOfHours.count]);
    const incidents = await ada.metrics.incidentsPerWeek(window);
    assert.equal(
      incidents.weeks.reduce((sum, week) => sum + week.count, 0),
      3,
    );
    for (const week of incidents.weeks) for (const one of week.severities) assert.equal(await listed(one.opens), one.count);
    const overdue = await ada.metrics.overdueActions({ from: window.from, until: new Date(desk.now()).toISOString() });
    assert.equal(overdue.weeks.at(-1)?.overdue.count, 8);
    for (const week of overdue.weeks) assert.equal(await listed(week.overdue.opens), week.overdue.count);
  });

  it('narrow to a service or severity, and refuse a window that is too long', async () => {
    const other = await desk.catalog.create({ name: 'mail', tier: 3 });
    assert.equal((await ada.metrics.timeToAcknowledge({ ...window, service: other.number })).total.count, 0);
    assert.equal((await ada.metrics.timeToResolve({ ...window, severity: 'SEV1' })).total.count, 1);
    assert.equal((await refusalOf(ada.metrics.timeToAcknowledge({ from: '2024-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z' }))).sentence, 'A window is at most 400 days long.');
  });

  it('reach leads by e-mail on the first of the month, who asked for them, without what they may not see', async () => {
    const lead = await desk.person('Lea Lead', 'lead');
    const other = await desk.person('Otto Other', 'lead');
    assert.equal((await refusalOf(ada.metrics.wantReport({ wanted: true }))).kind, 'forbidden');
    await lead.metrics.wantReport({ wanted: true });
    assert.equal((await lead.metrics.report({})).wanted, true);
    await desk.incidents.declare({ title: 'Secret thing', severity: 'SEV1', restricted: true });
    const month = (await lead.metrics.report({ month: '2026-03' })).parts.flatMap(({ lines }) => lines.map(({ words }) => words));
    assert.ok(month.includes('There were 3 incidents, 3 more than the month before.'), month.join(' '));
    assert.equal((await desk.metrics.report({ month: '2026-03' })).parts[0]?.lines[0]?.words, 'There were 4 incidents, 4 more than the month before.', 'who declared it counts it');
    const send = tasksOf(desk.desk).get('metrics.sendReports');
    assert.ok(send);
    await send(desk.desk, {});
    await desk.drain();
    const told = async (person: TestPerson) => (await person.notify.mine({})).items.map((n) => n.title);
    assert.ok((await told(lead)).some((title) => title.startsWith('How response went in 20')));
    assert.deepEqual(await told(other), []);
    await lead.metrics.wantReport({ wanted: false });
    assert.equal((await lead.metrics.report({})).wanted, false);
    assert.match((await refusalOf(lead.metrics.report({ month: '2030-01' }))).sentence, /not begun/);
  });
});
