import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

describe('what changed before an incident', () => {
  let desk: TestDesk;
  let lena: TestPerson;
  let vera: TestPerson;
  let key = '';
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    [lena, vera] = [await desk.person('Lena Holm', 'lead'), await desk.person('Vera Lund', 'viewer')];
    ({ key } = await desk.alerts.createSource({ name: 'Deployer' }));
  });
  after(() => desk.close());

  const deploy = (service: string, summary: string) =>
    fetch(`${desk.url}/v2/change/enqueue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ routing_key: key, payload: { summary, source: 'pipeline', timestamp: new Date(desk.now()).toISOString(), custom_details: { service } } }),
    });

  it('is ranked by graph, time and kind, says why, and takes what people say of it', async () => {
    const payments = await lena.catalog.create({ name: 'payments', tier: 1 });
    const db = await lena.catalog.create({ name: 'payments-db', tier: 1 });
    const shop = await lena.catalog.create({ name: 'shop', tier: 2 });
    await lena.catalog.addEdge({ provider: db.number, consumer: payments.number, impact: 'hard' });
    await lena.catalog.addEdge({ provider: payments.number, consumer: shop.number, impact: 'hard' });
    await desk.advance({ hours: 8 });
    await deploy('shop', 'Deploy shop 4.2');
    await desk.advance({ minutes: 30 });
    await deploy('payments-db', 'Raise the connection limit');
    await desk.advance({ minutes: 20 });
    const { incident } = await lena.incidents.declare({ title: 'Card payments fail', severity: 'SEV2', service: payments.number });
    await desk.advance({ minutes: 5 });
    await deploy('payments', 'Roll back');
    await desk.drain();

    const { items, because, firstFailure } = await lena.incidents.changed({ number: incident.number });
    assert.equal(because, null);
    assert.equal(firstFailure, incident.declaredAt);
    const titles = items.map(({ title, likely }) => [title.replace(/ \(.*/, ''), likely]);
    assert.deepEqual(titles.slice(0, 3), [
      ['Raise the connection limit', 'likely'],
      ['Deploy shop 4.2', 'possible'],
      ['Roll back', 'possible'],
    ]);
    assert.deepEqual(
      items[0]?.reasons.map(({ speaks, words }) => [speaks, words]),
      [
        ['for', 'on payments-db, which it depends on, 1 edge away'],
        ['for', '20 min before the first failure'],
        ['for', 'a deployment'],
      ],
    );
    assert.ok(
      items.some(({ kind }) => kind === 'configuration'),
      'the catalog’s own changes are among them',
    );

    const suspect = items[0];
    assert.equal((await lena.incidents.judgeChange({ number: incident.number, key: suspect.key, was: false })).verdict?.was, false);
    assert.equal((await vera.incidents.changed({ number: incident.number })).items[0]?.verdict?.by?.title, 'Lena Holm');
    assert.equal((await refusalOf(vera.incidents.judgeChange({ number: incident.number, key: suspect.key, was: true }))).kind, 'forbidden');
    assert.equal((await refusalOf(lena.incidents.judgeChange({ number: incident.number, key: 'event:nothing', was: true }))).kind, 'missing');
    await lena.incidents.judgeChange({ number: incident.number, key: suspect.key, was: null });
    assert.equal((await lena.incidents.changed({ number: incident.number })).items[0]?.verdict, null);
    const told = (await lena.incidents.timeline({ number: incident.number })).items.map(({ did }) => did);
    assert.ok(told.includes('incident.changeRuledOut') && told.includes('incident.changeOpen'));
  });

  it('knows maintenance that began, and says what it lacks', async () => {
    const orders = await lena.catalog.create({ name: 'orders', tier: 2 });
    await desk.advance({ hours: 30 });
    await lena.mutes.create({
      kind: 'maintenance',
      reason: 'New disks for orders',
      matchers: ['{service="orders"}'],
      when: { kind: 'window', until: new Date(desk.now() + 3_600_000).toISOString() },
    });
    await desk.advance({ minutes: 15 });
    const { incident } = await lena.incidents.declare({ title: 'Orders fail', severity: 'SEV3', service: orders.number });
    const { items } = await lena.incidents.changed({ number: incident.number });
    assert.deepEqual(
      items.map(({ kind, title, record }) => [kind, title, record?.kind]),
      [['maintenance', 'New disks for orders', 'mute']],
    );
    const nowhere = await lena.incidents.declare({ title: 'Something', severity: 'SEV4' });
    assert.match((await lena.incidents.changed({ number: nowhere.incident.number })).because ?? '', /names no service/);
  });

  it('and what was like it before is shown with what ended it, to whoever may see it', async () => {
    const billing = await lena.catalog.create({ name: 'billing', tier: 2 });
    const { incident: first } = await lena.incidents.declare({ title: 'Invoices are not printed', severity: 'SEV3', service: billing.number });
    await lena.incidents.resolve({ number: first.number, resolution: 'The printer queue was emptied.' });
    const { incident: secret } = await lena.incidents.declare({ title: 'Invoices printed for strangers', severity: 'SEV2', service: billing.number, restricted: true });
    await lena.incidents.resolve({ number: secret.number, resolution: 'Only the security team knows.' });
    const { incident } = await lena.incidents.declare({ title: 'Invoices are not printed again', severity: 'SEV3', service: billing.number });
    const of = async (who: TestPerson) =>
      (await who.incidents.similar({ number: incident.number })).items.map(({ incident: one, resolution, reasons }) => [one.number, resolution, reasons]);
    assert.deepEqual(await of(vera), [[first.number, 'The printer queue was emptied.', ['the same service', 'the words invoices, printed']]]);
    assert.equal((await of(lena)).length, 2);
  });
});
