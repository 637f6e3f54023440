import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import pg from 'pg';
import { openPagingDesk, type PagingDesk } from '#testing/paging.ts';

describe('who is on call for all services, and who would be paged', () => {
  let here: PagingDesk;
  let policy = '';
  let rota = '';
  before(async () => {
    here = await openPagingDesk('2026-03-02T09:00:00Z');
    const { desk, ada, bo } = here;
    rota = (await desk.rotas.create({ name: 'Duty', zone: 'UTC', layer: { name: 'Days', kind: 'daily', start: '2026-03-02T08:00', people: [ada.number, bo.number] } })).number;
    const made = await desk.oncall.createPolicy({
      name: 'Payments',
      repeat: 0,
      steps: [
        { targets: [{ kind: 'rota', number: rota }], waitMinutes: 5 },
        { targets: [{ kind: 'person', number: bo.number }], waitMinutes: 10, when: { severities: ['critical'] } },
      ],
    });
    policy = made.number;
    await desk.oncall.cover({ number: policy, service: here.service });
    await desk.catalog.create({ name: 'shop', tier: 3 });
    await desk.rotas.create({ name: 'Spare', zone: 'UTC', layer: { name: 'Days', kind: 'daily', start: '2026-03-02T08:00', people: [bo.number] } });
  });
  after(() => here.close());

  it('names who would be paged first, through what, until when and who is next; and services that page nobody', async () => {
    const { items, troubleCount, unused } = await here.desk.oncall.now({});
    const [payments, shop] = items;
    assert.deepEqual(
      payments?.people.map(({ person, through }) => [person.title, through]),
      [['Ada Ek', 'rota Duty, Days']],
    );
    assert.deepEqual([payments?.nextAt, payments?.next[0]?.title, payments?.trouble], ['2026-03-03T08:00:00.000Z', 'Bo Berg', null]);
    assert.match(shop?.trouble ?? '', /No policy is in charge/);
    assert.deepEqual([troubleCount, unused.map(({ title }) => title)], [1, ['Spare']]);
    assert.deepEqual(
      (await here.desk.oncall.now({ trouble: true })).items.map(({ service }) => service.title),
      ['shop'],
    );
    assert.equal((await here.desk.oncall.now({ q: 'PAY' })).items.length, 1);
  });

  it('asks the database as often for a hundred services as for two, page by page', async () => {
    const queries = async () => {
      const asked = mock.method(pg.Client.prototype, 'query');
      await here.desk.oncall.now({ limit: 100 });
      asked.mock.restore();
      return asked.mock.callCount();
    };
    const few = await queries();
    for (let at = 0; at < 40; at += 1) {
      const { number } = await here.desk.catalog.create({ name: `service ${String(at).padStart(3, '0')}`, tier: 2 });
      if (at % 2 === 0) await here.desk.oncall.cover({ number: policy, service: number });
    }
    assert.ok(few > 5);
    const many = await queries();
    assert.ok(many <= few + 3, `${many} queries instead of ${few}; what else the desk does meanwhile asks a few`);
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { items, cursor: next } = await here.desk.oncall.now({ limit: 10, ...(cursor && { cursor }) });
      seen.push(...items.map(({ service }) => service.title));
      if (!next) break;
      cursor = next;
    }
    assert.equal(seen.length, 42);
    assert.equal(new Set(seen).size, 42);
  });

  it('names whose turn it is, also round after round', async () => {
    const { desk, ada, bo, cy } = here;
    const people = [ada, bo, cy].map(({ number }) => ({ kind: 'person' as const, number }));
    const { number } = await here.inCharge({ repeat: 1, steps: [{ targets: people, waitMinutes: 5, turns: true }] });
    const first = async () => (await desk.oncall.now({ q: 'payments-api' })).items[0]?.people.map(({ person }) => person.title);
    assert.deepEqual(await first(), ['Ada Ek']);
    assert.deepEqual(
      (await desk.oncall.forService({ number: here.service })).first.map(({ title }) => title),
      ['Ada Ek'],
    );
    await here.resolve('turn');
    await here.fire('turn');
    await here.resolve('turn');
    assert.deepEqual(await first(), ['Bo Berg']);
    assert.deepEqual(
      (await desk.oncall.forService({ number: here.service })).first.map(({ title }) => title),
      ['Bo Berg'],
    );
    const { steps } = await desk.oncall.preview({ number });
    assert.deepEqual(
      steps.filter(({ kind }) => kind === 'page').map((line) => line.people.map(({ title }) => title)),
      [['Bo Berg'], ['Cy Dahl']],
    );
    await desk.oncall.cover({ number: policy, service: here.service });
  });

  it('previews a policy, and a draft, at a time and for a severity, as the engine would take it', async () => {
    const whole = await here.desk.oncall.preview({ number: policy });
    assert.deepEqual(
      whole.steps.map(({ kind, afterMinutes, people }) => [kind, afterMinutes, people.map((person) => person.title)]),
      [
        ['page', 0, ['Ada Ek']],
        ['skip', 5, []],
        ['administrators', 5, []],
      ],
      'without a severity a step for critical ones does not hold',
    );
    const later = await here.desk.oncall.preview({ number: policy, at: '2026-03-03T07:58:00Z', severity: 'critical' });
    assert.deepEqual(
      later.steps.map(({ kind, people }) => [kind, people[0]?.title]),
      [
        ['page', 'Ada Ek'],
        ['page', 'Bo Berg'],
        ['administrators', undefined],
      ],
    );
    const draft = await here.desk.oncall.preview({
      steps: [{ targets: [{ kind: 'rota', number: rota }], waitMinutes: 60 }],
      at: '2026-03-02T20:00:00Z',
      severity: 'warning',
      urgency: { by: 'severity', support: { zone: 'Europe/Berlin', hours: [{ days: ['mo', 'tu'], from: '08:00', until: '18:00' }] } },
    });
    assert.deepEqual(
      draft.steps.map(({ kind, at }) => [kind, at]),
      [
        ['hold', '2026-03-02T20:00:00.000Z'],
        ['page', '2026-03-03T07:00:00.000Z'],
      ],
    );
    assert.match(draft.sentence, /^Pages Duty; then the administrators\. Warnings and infos are of low urgency/);
  });
});
