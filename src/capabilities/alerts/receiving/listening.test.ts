import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, type TestDesk } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';

describe('the health of a source', () => {
  let inbox: Inbox;
  let desk: TestDesk;
  let key: string;
  let source: string;
  before(async () => {
    inbox = await openInbox();
    desk = await openTestDesk({ env: { QD_SMTP_URL: inbox.url } });
    const made = await desk.alerts.createSource({ name: 'Prometheus' });
    key = made.key;
    source = made.source.number;
  });
  after(async () => {
    await desk.close();
    await inbox.close();
  });

  const send = async (body: unknown = { title: 'Tick', status: 'ok', key: 'tick' }) => {
    const answer = await fetch(`${desk.url}/ingest/${key}/events`, { method: 'POST', body: JSON.stringify(body) });
    assert.equal(answer.status, 202);
    await desk.drain();
  };
  const standing = async () => (await desk.alerts.source({ number: source })).source;
  const said = async () =>
    (await desk.records.timeline({ number: source })).items.map(({ did }) => did).filter((did) => ['source.silent', 'source.heard', 'source.failing'].includes(did));

  it('is unknown until enough was heard, however well it goes', async () => {
    for (let i = 0; i < 15; i += 1) {
      await send();
      await desk.advance({ minutes: 10 });
    }
    const row = await standing();
    assert.deepEqual([row.standing, row.quietMinutes], ['unknown', null]);
    assert.equal(
      row.hours.reduce((sum, n) => sum + n, 0),
      15,
    );
    assert.deepEqual(row.hours.slice(-3), [6, 3 + 3, 3]);
  });

  it('turns silent once when it is quiet for longer than usual, tells an administrator, and is heard again', async () => {
    for (let i = 0; i < 20; i += 1) {
      await send();
      await desk.advance({ minutes: 10 });
    }
    const row = await standing();
    assert.deepEqual([row.standing, row.quietMinutes], ['heard', 36], 'three times the pause of ten minutes, counted as at most twelve');
    await desk.advance({ minutes: 20 });
    assert.equal((await standing()).standing, 'heard');
    await desk.advance({ hours: 5 });
    assert.equal((await standing()).standing, 'silent');
    assert.deepEqual(await said(), ['source.silent']);
    const told = inbox.mails.filter((mail) => /Nothing is heard from Prometheus/.test(mail.subject));
    assert.equal(told.length, 1);
    assert.match(told[0]?.text ?? '', /silent for longer than usual: more than 36 minutes/);
    await desk.advance({ days: 2 });
    assert.equal(inbox.mails.filter((mail) => /Nothing is heard/.test(mail.subject)).length, 1, 'told once');
    await desk.alerts.test({ number: source, severity: 'info' });
    await desk.drain();
    assert.equal((await standing()).standing, 'silent', 'a test of the desk is no sign of life');
    await send();
    assert.equal((await standing()).standing, 'heard');
    assert.deepEqual(await said(), ['source.heard', 'source.silent']);
  });

  it('says that messages cannot be read once, not with every message', async () => {
    await send({ odd: 1 });
    await send();
    await send({ odd: 2 });
    assert.equal((await standing()).standing, 'failing');
    assert.deepEqual((await said()).slice(0, 1), ['source.failing']);
    assert.equal(inbox.mails.filter((mail) => /sends what the desk cannot read/.test(mail.subject)).length, 1);
    await desk.advance({ minutes: 20 });
    await send();
    assert.equal((await standing()).standing, 'failing', 'an hour must pass without a failure');
    for (let i = 0; i < 4; i += 1) {
      await desk.advance({ minutes: 20 });
      await send();
    }
    assert.equal((await standing()).standing, 'heard');
    assert.deepEqual((await said()).slice(0, 2), ['source.heard', 'source.failing']);
  });

  it('tells the leads of the team whose service it watches, and waits anew when the desk itself was away', async () => {
    const lead = await desk.person('Lee Dahl', 'lead');
    const member = await desk.person('Mo Berg', 'responder');
    const team = await desk.people.createTeam({ name: 'Shop' });
    await desk.people.addMember({ number: team.number, person: lead.number, leads: true });
    await desk.people.addMember({ number: team.number, person: member.number });
    const service = await desk.catalog.create({ name: 'shop', tier: 1, team: team.number });
    const made = await desk.alerts.createSource({ name: 'Shop probes', service: service.number });
    const tick = async () => {
      await fetch(`${desk.url}/ingest/${made.key}/events`, { method: 'POST', body: JSON.stringify({ title: 'Tick', status: 'ok' }) });
      await desk.drain();
    };
    for (let i = 0; i < 30; i += 1) {
      await tick();
      await desk.advance({ minutes: 10 });
    }
    const told = () => inbox.mails.filter(({ subject }) => /Nothing is heard from Shop probes/.test(subject)).map(({ to }) => to);
    (desk.desk.clock as { set?: (to: number) => void }).set?.(desk.now() + 8 * 3_600_000);
    await desk.drain();
    assert.deepEqual(told(), [], 'a stopped desk heard nobody and accuses nobody');
    await desk.advance({ hours: 1 });
    assert.deepEqual(told(), [lead.email]);
  });

  it('says nothing more once it is disconnected', async () => {
    const { version } = await standing();
    await desk.alerts.retireSource({ number: source, version });
    await desk.advance({ days: 3 });
    assert.equal(inbox.mails.filter((mail) => /Nothing is heard from Prometheus/.test(mail.subject)).length, 1);
  });
});
