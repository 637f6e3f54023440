import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { SYSTEM } from '#kernel/permissions.ts';
import { writeAs } from '#kernel/act.ts';
import { openDesk, type OpenDesk } from '#kernel/open.ts';
import { modules } from '#modules';
import { auditPaging } from './audit.ts';
import { auditRuns, stepDue } from './paging/index.ts';
import * as store from './store/index.ts';
import { openPagingDesk, type PagingDesk } from '#testing/paging.ts';

describe('paging when something goes wrong', () => {
  let here: PagingDesk;
  let other: OpenDesk;
  let beats = 0;
  const watchdog = createServer((_request, response) => {
    beats += 1;
    response.end();
  });
  before(async () => {
    await new Promise<void>((done) => watchdog.listen(0, '127.0.0.1', done));
    here = await openPagingDesk('2026-03-02T09:00:00Z', { QD_DEADMAN_URL: `http://127.0.0.1:${(watchdog.address() as AddressInfo).port}/` });
    const { desk } = here.desk;
    other = await openDesk({ config: desk.config, modules, clock: desk.clock, log: desk.log, work: 'when drained', migrated: true });
    const step = (number: string) => ({ targets: [{ kind: 'person' as const, number }], waitMinutes: 10 });
    await here.desk.oncall.createPolicy({ name: 'Everything', isDefault: true, repeat: 0, steps: [step(here.ada.number), step(here.bo.number), step(here.cy.number)] });
  });
  after(async () => {
    await other.close();
    await here.close();
    await new Promise((done) => watchdog.close(done));
  });

  const runOf = async (alert: string) => {
    const { id } = (await here.desk.alerts.get({ number: alert })).alert;
    return (await store.latestRun(here.desk.desk.db, id))!;
  };

  it('two nodes at once, one acknowledging and one taking the step: nobody is paged after the acknowledgement', async () => {
    const { desk, ada, fire, asked, paged } = here;
    for (let times = 0; times < 12; times += 1) {
      const number = await fire(`race ${times}`);
      const { id } = await runOf(number);
      desk.jump({ minutes: 10 });
      await Promise.all([
        ada.alerts.acknowledge({ number }),
        writeAs(other.desk, SYSTEM, (ctx) => stepDue(ctx, id), 'quiet'),
        writeAs(desk.desk, SYSTEM, (ctx) => stepDue(ctx, id), 'quiet'),
      ]);
      assert.equal((await runOf(number)).state, 'acknowledged');
      assert.deepEqual(await asked(number), []);
      const count = (await paged(number)).length;
      assert.ok(count <= 2, 'one step is taken at most once');
      await desk.advance({ minutes: 20 });
      assert.equal((await paged(number)).length, count, 'and nothing follows');
      await here.resolve(`race ${times}`);
    }
  });

  it('two nodes escalating at once take two steps, and an answer at the same time leaves either everybody or nobody asked', async () => {
    const { ada, bo, fire, asked, resolve } = here;
    for (let times = 0; times < 8; times += 1) {
      const number = await fire(`both ${times}`);
      await Promise.all([ada.alerts.escalate({ number }), bo.alerts.acknowledge({ number })]);
      const { state } = await runOf(number);
      assert.deepEqual([state, await asked(number)], state === 'running' ? ['running', ['Bo']] : ['acknowledged', []]);
      await resolve(`both ${times}`);
    }
  });

  it('a clock that steps forward takes each step once, and gives the next person all of their time', async () => {
    const { desk, fire, paged, resolve } = here;
    const number = await fire('the clock steps forward');
    desk.jump({ minutes: 300 });
    await writeAs(desk.desk, SYSTEM, auditRuns, 'quiet');
    await desk.drain();
    assert.deepEqual(await paged(number), ['Ada', 'Bo']);
    await desk.advance({ minutes: 9 });
    assert.deepEqual(await paged(number), ['Ada', 'Bo']);
    await desk.advance({ minutes: 1 });
    assert.deepEqual(await paged(number), ['Ada', 'Bo', 'Cy']);
    await resolve('the clock steps forward');
  });

  it('a timer that fires a moment early, as clocks of two machines differ, fires again', async () => {
    const { desk, fire, paged, resolve } = here;
    const number = await fire('a moment early');
    const { id } = await runOf(number);
    desk.jump({ minutes: 9.95 });
    await writeAs(desk.desk, SYSTEM, (ctx) => ctx.cancel(`oncall:${id}`), 'quiet');
    await writeAs(desk.desk, SYSTEM, (ctx) => stepDue(ctx, id), 'quiet');
    assert.deepEqual(await paged(number), ['Ada']);
    await desk.advance({ seconds: 6 });
    assert.deepEqual(await paged(number), ['Ada', 'Bo']);
    await resolve('a moment early');
  });

  it('a clock that steps back pages nobody twice, keeps the deadline, and is told of', async () => {
    const { desk, fire, paged, resolve } = here;
    const upSince = desk.now();
    await auditPaging(desk.desk, upSince);
    const number = await fire('the clock steps back');
    const { nextAt } = await runOf(number);
    desk.jump({ minutes: -60 });
    await desk.drain();
    const troubles = await auditPaging(desk.desk, upSince - 3_600_000);
    assert.match(troubles.map((one) => one.sentence).join(' '), /went back by 60 minutes/);
    assert.equal((await runOf(number)).nextAt, nextAt);
    await desk.advance({ minutes: 69 });
    assert.deepEqual(await paged(number), ['Ada']);
    await desk.advance({ minutes: 1 });
    assert.deepEqual(await paged(number), ['Ada', 'Bo']);
    await resolve('the clock steps back');
  });

  it('the auditor: what is late is told to the administrators past the queue, shown, and stops the outside heartbeat until it is solved', async () => {
    const { desk, fire, inbox } = here;
    const look = () => auditPaging(desk.desk, desk.now());
    const warnings = async () => ((await (await fetch(`${desk.url}/readyz`)).json()) as { warnings: string[] }).warnings;
    await store.jobsSeen(desk.desk.db, new Date(desk.now()).toISOString());
    assert.deepEqual(await look(), []);
    assert.deepEqual(await look(), []);
    const before = { beats, mails: inbox.mails.length };
    assert.ok(before.beats > 0);
    const number = await fire('nobody takes the step');
    desk.jump({ minutes: 13 });
    await store.jobsSeen(desk.desk.db, new Date(desk.now()).toISOString());
    const mails = inbox.mails.length;
    assert.deepEqual(
      (await look()).map(({ kind }) => kind),
      ['late'],
    );
    assert.equal(inbox.mails.length, mails, 'one look alone may have caught the queue in the middle of its work');
    desk.jump({ minutes: 1 });
    await look();
    assert.match(inbox.mails.at(-1)?.subject ?? '', /Paging does not work as it should/);
    assert.match(inbox.mails.at(-1)?.text ?? '', /1 escalation is late/);
    assert.match((await warnings()).join(' '), /1 escalation is late/);
    const { items } = await desk.watch.needs({ scope: 'everyone' });
    assert.ok(items.some((need) => need.title === 'Paging does not work as it should'));
    const told = inbox.mails.length;
    desk.jump({ minutes: 1 });
    await look();
    assert.equal(inbox.mails.length, told, 'not again each minute');
    assert.equal(beats, before.beats, 'whoever waits for the heartbeat is told by its absence');
    await desk.drain();
    assert.deepEqual(await look(), []);
    assert.equal(beats, before.beats + 1);
    assert.deepEqual(
      (await warnings()).filter((one) => one.includes('late')),
      [],
    );
    assert.ok((await here.paged(number)).includes('Bo'));
    await here.resolve('nobody takes the step');
  });

  it('the auditor notices when no job runs at all', async () => {
    const { desk } = here;
    const upSince = desk.now();
    desk.jump({ minutes: 2 });
    await store.jobsSeen(desk.desk.db, new Date(desk.now()).toISOString());
    desk.jump({ minutes: 4 });
    assert.deepEqual(
      (await auditPaging(desk.desk, upSince)).map(({ kind }) => kind),
      ['silent'],
    );
    await store.jobsSeen(desk.desk.db, new Date(desk.now()).toISOString());
    assert.deepEqual(await auditPaging(desk.desk, upSince), []);
  });
});
