import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { refusalOf } from '#testing/desk.ts';
import { openPagingDesk, stepOf as step, type PagingDesk } from '#testing/paging.ts';

describe('escalation', () => {
  let here: PagingDesk;
  let policy = { number: '', version: 1 };
  before(async () => {
    // A Monday, 10:00 in Berlin.
    here = await openPagingDesk('2026-03-02T09:00:00Z');
  });
  after(() => here.close());
  beforeEach(() => here.clear());

  const inCharge = async (draft: Parameters<PagingDesk['inCharge']>[0]) => {
    policy = await here.inCharge(draft);
  };
  const office = { zone: 'Europe/Berlin', hours: [{ days: ['mo' as const, 'tu' as const, 'we' as const, 'th' as const, 'fr' as const], from: '08:00', until: '18:00' }] };
  const state = async (number: string) => (await here.desk.oncall.paging({ number })).state;
  const did = async (number: string) => (await here.desk.records.timeline({ number })).items.map((entry) => entry.did);
  const alert = async (number: string) => (await here.desk.alerts.get({ number })).alert;
  const whyLast = (number: string) => here.whyLast(number);

  it('skips a step whose condition does not hold, and says which', async () => {
    const { ada, bo, cy, fire, paged } = here;
    const evening = { zone: 'Europe/Berlin', hours: [{ days: ['mo' as const], from: '18:00', until: '06:00' }] };
    await inCharge({
      steps: [
        { ...step(ada), when: { severities: ['warning'] } },
        { ...step(bo), when: { tiers: [1] } },
        { ...step(cy), when: { times: evening } },
      ],
    });
    const number = await fire('critical of tier one');
    assert.deepEqual(await paged(number), ['Bo']);
    const { stages } = await here.desk.alerts.get({ number });
    assert.match(stages.find((one) => one.question === 'Step skipped')?.sentence ?? '', /Step 1 of 3 was skipped: it is for warning only, and this is critical\./);
    await here.desk.advance({ minutes: 10 });
    assert.equal(await state(number), 'exhausted', 'it is not evening, so the administrators are paged');
    assert.match(await whyLast(number), /Nobody acknowledged within one round/);
  });

  it('takes turns: one person each time, in order, also over two alerts at once', async () => {
    await inCharge({ steps: [{ ...step(here.ada, here.bo, here.cy), turns: true }] });
    const seen: string[] = [];
    for (const name of ['turn 1', 'turn 2', 'turn 3', 'turn 4']) seen.push(...(await here.paged(await here.fire(name))));
    assert.deepEqual(seen, ['Ada', 'Bo', 'Cy', 'Ada']);
  });

  it('pages each until they acknowledge themselves where a step asks for it; an end ends all', async () => {
    const { ada, bo, fire, asked } = here;
    await inCharge({ steps: [{ ...step(ada, bo), everyone: true }] });
    const number = await fire('each for themselves');
    await ada.alerts.acknowledge({ number });
    assert.deepEqual(await asked(number), ['Bo']);
    assert.equal((await alert(number)).state, 'acknowledged');
    assert.deepEqual([(await ada.alerts.get({ number })).may.acknowledge, (await bo.alerts.get({ number })).may.acknowledge], ['It is acknowledged already.', null]);
    await bo.alerts.acknowledge({ number });
    assert.deepEqual(await asked(number), []);
    assert.equal((await did(number)).filter((one) => one === 'paging.acknowledged').length, 2);
    const second = await fire('each again');
    await here.resolve('each again');
    assert.deepEqual(await asked(second), []);
  });

  it('low urgency waits for support hours, says so, and does not escalate; by hand it does', async () => {
    const { ada, bo, fire, paged } = here;
    await inCharge({ steps: [step(ada), step(bo)], urgency: { by: 'severity', support: office } });
    await here.desk.advance({ hours: 12 });
    const number = await fire('a warning at night', 'warning');
    assert.deepEqual(await paged(number), []);
    const held = await here.desk.oncall.paging({ number });
    assert.deepEqual([held.urgency, held.until], ['low', '2026-03-03T07:00:00.000Z']);
    assert.equal(held.comes, 'Waits until 08:00 CET on Tuesday: low urgency outside of support hours.');
    assert.deepEqual(await paged(await fire('critical at night')), ['Ada']);
    await here.desk.advance({ hours: 10 });
    assert.deepEqual(await paged(number), ['Ada']);
    await here.desk.advance({ hours: 2 });
    assert.deepEqual(await paged(number), ['Ada'], 'it does not escalate by itself');
    assert.equal((await here.desk.oncall.paging({ number })).comes, 'Low urgency: nobody else is paged by itself.');
    await ada.alerts.escalate({ number });
    assert.deepEqual(await paged(number), ['Ada', 'Bo']);
  });

  it('outside of support hours everything may be low; when they begin it is paged as urgent', async () => {
    const { ada, bo, fire, paged } = here;
    await inCharge({ steps: [step(ada), step(bo)] });
    await here.desk.oncall.updatePolicy({ number: policy.number, version: policy.version, urgency: { by: 'support', support: office } });
    await here.desk.advance({ hours: 12 });
    const number = await fire('critical, but nobody minds at night');
    assert.deepEqual(await paged(number), []);
    await here.desk.oncall.cover({ number: policy.number, service: here.service, urgency: 'high' });
    assert.deepEqual(await paged(await fire('this service is always urgent')), ['Ada']);
    await here.desk.oncall.cover({ number: policy.number, service: here.service, urgency: null });
    await here.desk.advance({ hours: 14 });
    assert.deepEqual((await paged(number)).slice(0, 2), ['Ada', 'Bo'], 'in support hours it escalates');
    const { kind, sentence } = await refusalOf(here.desk.oncall.createPolicy({ name: 'x', steps: [step(ada)], urgency: { by: 'support', support: null } }));
    assert.deepEqual([kind, sentence], ['refused', 'Say when support hours are: urgency by support hours needs them.']);
  });

  it('a shadow of the rota is told beside, and nobody waits for them', async () => {
    const { ada, bo, fire } = here;
    const rota = await here.desk.rotas.create({ name: 'With a junior', zone: 'UTC', layer: { name: 'Duty', kind: 'daily', start: '2026-03-02T00:00', people: [ada.number] } });
    await here.desk.rotas.addLayer({ number: rota.number, version: rota.version, name: 'Junior', kind: 'daily', start: '2026-03-02T00:00', people: [bo.number], shadow: true });
    await inCharge({ steps: [{ targets: [{ kind: 'rota', number: rota.number }], waitMinutes: 10 }] });
    const number = await fire('with a shadow');
    assert.deepEqual(await here.paged(number), ['Ada', 'Bo']);
    assert.match(await whyLast(number), /Shadow in With a junior, layer Junior; you are told beside whoever is on call/);
    await ada.alerts.acknowledge({ number });
    assert.deepEqual(await here.asked(number), []);
  });

  it('tells a channel, which cannot answer and is not retired while a policy tells it', async () => {
    const { ada, bo, desk, asked } = here;
    const posts: string[] = [];
    const room = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        posts.push(body);
        response.end('ok');
      });
    });
    await new Promise<void>((done) => room.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(room.address() as AddressInfo).port}/hook`;
    const channel = await desk.notify.createChannel({ name: 'Operations', channel: 'webhook', address });
    const tells = { targets: [{ kind: 'channel' as const, number: channel.number }], waitMinutes: 5 };
    await inCharge({ steps: [{ ...tells, targets: [...tells.targets, ...step(ada).targets] }, tells, step(bo)] });
    const number = await here.fire('told in the room');
    assert.deepEqual([posts.length, await asked(number)], [1, ['Ada']]);
    assert.match(posts[0] ?? '', /told in the room/);
    await desk.advance({ minutes: 5 });
    assert.deepEqual([posts.length, await asked(number)], [2, []], 'a step of a channel only waits for somebody to read it');
    await desk.advance({ minutes: 5 });
    assert.deepEqual(await asked(number), ['Bo']);
    const retired = await refusalOf(desk.notify.retireChannel({ number: channel.number, version: channel.version }));
    assert.match(retired.sentence, /still tells this channel/);
    await new Promise((done) => room.close(done));
  });

  it('shows every page with its attempts and what comes next', async () => {
    const { ada, bo, fire } = here;
    await inCharge({ steps: [step(ada), step(bo)] });
    const number = await fire('for the history');
    const open = (await here.desk.oncall.pages({ state: 'open', person: ada.number })).items;
    assert.deepEqual(
      open.map((page) => [page.about?.number, page.next]),
      [[number, 'Bo Berg is paged.']],
    );
    assert.deepEqual(
      open[0]?.attempts.map((attempt) => [attempt.channel, attempt.state]).toSorted(([one = ''], [two = '']) => one.localeCompare(two)),
      [
        ['Mail', 'sent'],
        ['This desk', 'sent'],
      ],
    );
    await ada.alerts.acknowledge({ number });
    assert.equal((await here.desk.oncall.pages({ state: 'open', record: number })).items.length, 0);
    assert.equal((await here.desk.oncall.pages({ state: 'acknowledged', record: number })).items.length, 1);
    const first = await here.desk.oncall.pages({ limit: 2 });
    const second = await here.desk.oncall.pages({ limit: 2, ...(first.cursor && { cursor: first.cursor }) });
    assert.equal(new Set([...first.items, ...second.items].map((page) => page.id)).size, 4, 'page by page, none twice');
  });
});
