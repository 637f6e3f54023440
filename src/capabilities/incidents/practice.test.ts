import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

describe('a practice incident', () => {
  let desk: TestDesk;
  let ines: TestPerson;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    ines = await desk.person('Ines Okafor', 'responder');
  });
  after(() => desk.close());

  it('runs on the same screens, says what it is, and is counted apart', async () => {
    const service = await desk.catalog.create({ name: 'Card payments', tier: 1 });
    const real = await ines.incidents.declare({ title: 'Cards fail', severity: 'SEV2', service: service.number });
    await ines.incidents.resolve({ number: real.incident.number, resolution: 'Over.' });
    const { incident } = await ines.incidents.declare({ title: 'The data centre is dark', severity: 'SEV1', service: service.number, practice: true });
    assert.deepEqual([incident.title, incident.practice], ['Practice: The data centre is dark', true]);
    assert.notEqual((await desk.catalog.get({ number: service.number })).service.health.state, 'critical', 'the service is well');
    await desk.advance({ minutes: 20 });
    await ines.incidents.advance({ number: incident.number, stage: 'mitigating' });
    const { review } = await ines.incidents.resolve({ number: incident.number, resolution: 'The lights are on again.' });
    assert.match(review?.title ?? '', /^Review of Practice: /);
    await ines.incidents.addFinding({ number: review?.number ?? '', factor: 'Missing access', text: 'The key was in the dark room.' });
    assert.deepEqual(
      (await ines.incidents.list({ practice: true })).items.map(({ number }) => number),
      [incident.number],
    );
    const window = { from: '2026-03-01T00:00:00Z', until: '2026-03-20T00:00:00Z' };
    await desk.advance({ days: 10 });
    for (const [practice, count, contained] of [
      [false, 1, 0],
      [true, 1, 1],
    ] as const) {
      assert.equal((await ines.metrics.timeToResolve({ ...window, practice })).total.count, count);
      assert.equal((await ines.metrics.timeToContain({ ...window, practice })).total.count, contained);
      const { reviews } = await ines.metrics.promises({ ...window, practice });
      assert.deepEqual([reviews.all.count, (await ines.metrics.records({ ...reviews.all.opens })).items.length], [1, 1]);
    }
    assert.deepEqual((await ines.metrics.incidentsBy({ ...window, by: 'factor' })).items, []);
    assert.deepEqual(
      (await ines.metrics.incidentsBy({ ...window, by: 'factor', practice: true })).items.map(({ name }) => name),
      ['Missing access'],
    );
    const said = (await ines.metrics.report({ month: '2026-03' })).parts.flatMap(({ lines }) => lines.map(({ words }) => words));
    assert.ok(said.includes('There was one incident, 1 more than the month before.'), said.join(' '));
    assert.ok(said.includes('One practice incident was run; it is not counted above.'));
  });

  it('is told to nobody outside, and calls no administrator', async () => {
    const { incident } = await ines.incidents.declare({ title: 'Nobody is in command', severity: 'SEV1', commander: null, practice: true });
    const real = await ines.incidents.declare({ title: 'Nobody leads this one', severity: 'SEV1', commander: null });
    const admin = await desk.person('Ada Admin', 'admin');
    await desk.advance({ hours: 2 });
    assert.ok(
      (await admin.notify.mine({})).items.some(({ title }) => title.includes(`${real.incident.number} `)),
      'of a real one they are told',
    );
    assert.ok(!(await admin.notify.mine({})).items.some(({ title }) => title.includes(`${incident.number} `)));
    const page = await desk.status.createPage({ title: 'Public', slug: 'public' });
    assert.equal(
      (await refusalOf(ines.incidents.draftPost({ number: incident.number, page: page.number, occasion: 'begin' }))).sentence,
      'This is a practice incident; nobody outside is told of it.',
    );
  });
});
