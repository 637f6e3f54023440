import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';

describe('on call', () => {
  let inbox: Inbox;
  let desk: TestDesk;
  let ada: TestPerson;
  let bo: TestPerson;
  before(async () => {
    inbox = await openInbox();
    // The Friday before clocks go forward in Berlin (29 March 2026, 02:00 becomes 03:00).
    desk = await openTestDesk({ at: '2026-03-27T12:00:00Z', env: { QD_SMTP_URL: inbox.url } });
    ada = await desk.person('Ada Ek', 'responder');
    bo = await desk.person('Bo Berg', 'lead');
  });
  after(async () => {
    await desk.close();
    await inbox.close();
  });

  const paged = () => inbox.mails.at(-1)?.to;
  const fire = async (key: string, name: string) => {
    await fetch(`${desk.url}/v2/enqueue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ routing_key: key, event_action: 'trigger', dedup_key: name, payload: { summary: name, source: 'h', severity: 'critical' } }),
    });
    await desk.drain();
  };

  it('hands over at the same local time on the day the clocks change, and pages whoever is on call then', async () => {
    const rota = await desk.rotas.create({
      name: 'Nights',
      zone: 'Europe/Berlin',
      layer: { name: 'Daily', kind: 'daily', start: '2026-03-28T09:00', people: [ada.number, bo.number] },
    });
    await desk.oncall.createPolicy({ name: 'Default', steps: [{ targets: [{ kind: 'rota', number: rota.number }], waitMinutes: 30 }], repeat: 0, isDefault: true });
    const { key } = await desk.alerts.createSource({ name: 'Probe' });
    const { items } = await desk.rotas.handovers({ number: rota.number, count: 3 });
    assert.deepEqual(
      items.map((h) => h.at),
      ['2026-03-28T08:00:00.000Z', '2026-03-29T07:00:00.000Z', '2026-03-30T07:00:00.000Z'],
      '09:00 in Berlin, before and after the change',
    );
    await desk.advance({ hours: 42, minutes: 59 });
    assert.equal(new Date(desk.now()).toISOString(), '2026-03-29T06:59:00.000Z');
    await fire(key, 'before the handover');
    assert.equal(paged(), ada.email);
    await desk.advance({ minutes: 2 });
    await fire(key, 'after the handover');
    assert.equal(paged(), bo.email);
    const shifts = await desk.rotas.shifts({ number: rota.number, from: '2026-03-28T08:00:00Z', until: '2026-03-30T07:00:00Z' });
    assert.equal(shifts.totalHours, 47);
    assert.equal(shifts.coveredHours, 47);
  });

  it('lets an override win inside its window and nowhere else, and refuses one that lies wrong', async () => {
    const rota = (await desk.rotas.list({})).items[0]?.number ?? '';
    const from = '2026-03-29T12:00';
    assert.equal((await refusalOf(ada.rotas.override({ number: rota, person: ada.number, from, until: '2026-03-29T11:00' }))).fields[0]?.sentence, 'Until is before From.');
    assert.match((await refusalOf(ada.rotas.override({ number: rota, person: ada.number, from: '2026-03-01T00:00', until: '2026-03-02T00:00' }))).sentence, /lies in the past/);
    const made = await bo.rotas.override({ number: rota, person: ada.number, from, until: '2026-03-29T14:00', note: 'dentist' });
    assert.deepEqual([made.from, made.until], ['2026-03-29T10:00:00.000Z', '2026-03-29T12:00:00.000Z']);
    const window = { number: rota, from: '2026-03-29T08:00:00Z', until: '2026-03-29T14:00:00Z' };
    const names = async () => (await desk.rotas.shifts(window)).result.map((s) => [s.people[0]?.title, s.by]);
    assert.deepEqual(await names(), [
      ['Bo Berg', 'layer'],
      ['Ada Ek', 'override'],
      ['Bo Berg', 'layer'],
    ]);
    await bo.rotas.removeOverride({ number: rota, overrideId: made.id });
    assert.deepEqual(await names(), [['Bo Berg', 'layer']]);
  });

  it('skips a step with nobody on call without waiting, and says so', async () => {
    const rota = (await desk.rotas.list({})).items[0]?.number ?? '';
    await bo.rotas.override({ number: rota, person: null, from: '2026-03-29T09:00', until: '2026-03-29T20:00' });
    const policy = (await desk.oncall.policies({})).items[0];
    await bo.oncall.updatePolicy({
      number: policy?.number ?? '',
      version: policy?.version ?? 1,
      steps: [
        { targets: [{ kind: 'rota', number: rota }], waitMinutes: 30 },
        { targets: [{ kind: 'person', number: bo.number }], waitMinutes: 30 },
      ],
    });
    const { key } = await desk.alerts.createSource({ name: 'Second probe' });
    await fire(key, 'nobody on the first step');
    assert.equal(paged(), bo.email);
    const alert = (await desk.alerts.list({ limit: 1 })).items[0]?.number ?? '';
    const skipped = (await desk.alerts.get({ number: alert })).stages.find((stage) => stage.question === 'Step skipped');
    assert.match(skipped?.sentence ?? '', /Step 1 of 2 was skipped: nobody is on call in Nights/);
    const preview = await desk.oncall.preview({ number: policy?.number ?? '' });
    assert.deepEqual(
      preview.steps.map((step) => step.people.map((p) => p.title)),
      [[], ['Bo Berg'], []],
      'and then the administrators',
    );
  });

  it('keeps the past when a layer is changed, and does not retire what is in use', async () => {
    const rota = (await desk.rotas.list({})).items[0];
    const [layer] = rota?.layers ?? [];
    const past = { number: rota?.number ?? '', from: '2026-03-28T08:00:00Z', until: '2026-03-29T07:00:00Z' };
    const before = await desk.rotas.shifts(past);
    await desk.rotas.updateLayer({
      number: rota?.number ?? '',
      version: rota?.version ?? 1,
      layerId: layer?.id ?? '',
      name: 'Weekly',
      kind: 'weekly',
      length: 1,
      priority: 0,
      start: '2026-03-30T09:00',
      people: [bo.number],
    });
    assert.deepEqual(
      (await desk.rotas.shifts(past)).result.map((s) => s.people[0]?.title),
      before.result.map((s) => s.people[0]?.title),
    );
    const { may } = await desk.rotas.get({ number: rota?.number ?? '' });
    assert.match(may.retire ?? '', /still pages this rota/);
    assert.equal(
      (await refusalOf(ada.rotas.create({ name: 'x', zone: 'UTC', layer: { name: 'l', kind: 'daily', start: '2026-03-30T09:00', people: [ada.number] } }))).kind,
      'forbidden',
    );
    assert.equal(
      (await refusalOf(bo.rotas.create({ name: 'x', zone: 'Europe/Atlantis', layer: { name: 'l', kind: 'daily', start: '2026-03-30T09:00', people: [ada.number] } }))).fields[0]
        ?.field,
      'zone',
    );
  });
});
