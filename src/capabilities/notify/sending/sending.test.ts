import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { writeAs } from '#kernel/act.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { openTestDesk, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { openProvider, type Provider } from '#testing/provider.ts';
import { postToChannels, tell } from '../outbox.ts';
import { beginPages, endPageOf, endPages, somebodyIsReachable, type PageOrder } from '../pages.ts';
import * as store from '../store/index.ts';

const fine = { status: 200, body: '{"sid":"SM1","status":"queued"}' };

describe('what is due is sent', () => {
  let desk: TestDesk;
  let inbox: Inbox;
  let provider: Provider;
  let people = 0;
  before(async () => {
    inbox = await openInbox();
    provider = await openProvider(() => fine);
    desk = await openTestDesk({ env: { QD_SMTP_URL: inbox.url } });
    await desk.notify.setProvider({ provider: 'twilio', baseUrl: provider.url, account: `AC${'2'.repeat(32)}`, token: 'secret', from: '+15005550006' });
  });
  beforeEach(() => {
    provider.answer(() => fine);
    inbox.answer(null);
  });
  after(async () => {
    await desk.close();
    await inbox.close();
    await provider.close();
  });

  const person = () => desk.person(`Ann ${'abcdefghijklmnopqrstuvwxyz'[(people += 1)]}`, 'responder');
  const team = async (name: string) => (await desk.people.createTeam({ name })).id;
  const begin = (orders: readonly PageOrder[]) => writeAs(desk.desk, SYSTEM, (ctx) => beginPages(ctx, orders), 'quiet');
  const order = (personId: string, about: string, more: Partial<PageOrder> = {}): PageOrder => ({ personId, about, title: 'Disk full', text: 'on db-1', why: 'Step 1.', ...more });
  const rowsAbout = (about: string) => store.tables(desk.desk.db).selectFrom('notifyNotification').selectAll().where('aboutId', '=', about).orderBy('createdAt').execute();

  async function by(one: TestPerson, channel: 'ntfy' | 'webhook' | 'sms', path: string, only = true): Promise<string> {
    const address = channel === 'sms' ? path : `${provider.url}/${path}`;
    const { contacts } = await one.notify.addContact({ channel, label: 'Mine', address });
    const id = contacts.find((each) => each.channel === channel)?.id ?? '';
    if (channel === 'sms')
      await store
        .tables(desk.desk.db)
        .updateTable('notifyContact')
        .set({ verifiedAt: new Date(desk.now()).toISOString() })
        .where('id', '=', id)
        .execute();
    if (only) await one.notify.setRules({ urgency: 'high', rules: [{ contact: id, delayMinutes: 0 }] });
    return id;
  }

  it('a provider that hangs holds up nobody else, and its page goes to the next contact', { timeout: 40_000 }, async () => {
    provider.answer(({ path }) => (path === '/slow' ? { status: 200, hangs: true } : fine));
    const [slow, quick] = [await person(), await person()];
    await by(slow, 'webhook', 'slow');
    const about = await team('Hanging');
    const before = inbox.mails.length;
    await begin([order(slow.id, about), order(quick.id, about)]);
    const began = Date.now();
    const drained = desk.drain();
    await inbox.waitFor(before + 1, 5000);
    assert.ok(Date.now() - began < 5000);
    assert.equal(inbox.mails.at(-1)?.to, quick.email);
    await drained;
    assert.equal(inbox.of(slow.email).length, 1, 'the mail of the slow one is the next contact, at once');
    const hook = (await rowsAbout(about)).find((row) => row.channel === 'webhook');
    assert.match(hook?.result ?? '', /did not answer within 10 s/);
    await writeAs(desk.desk, SYSTEM, (ctx) => endPages(ctx, about, 'over'), 'quiet');
  });

  it('429 waits as told, and loses nothing', async () => {
    provider.answer(() => ({ status: 429, headers: { 'retry-after': '20' } }));
    const one = await person();
    await by(one, 'ntfy', 'busy-topic');
    const about = await team('Busy');
    await begin([order(one.id, about)]);
    await desk.drain();
    const asked = provider.asked.length;
    await desk.advance({ seconds: 19 });
    assert.equal(provider.asked.length, asked);
    provider.answer(() => fine);
    await desk.advance({ seconds: 2 });
    assert.equal(provider.asked.length, asked + 1);
    assert.deepEqual(
      (await rowsAbout(about)).filter((row) => row.channel === 'ntfy').map((row) => [row.state, row.attempt]),
      [['sent', 2]],
    );
  });

  it('a contact that refuses for good is marked, its person is told elsewhere once, and a success clears the mark', async () => {
    provider.answer(() => ({ status: 410 }));
    const one = await person();
    await by(one, 'webhook', 'gone');
    for (const name of ['Gone 1', 'Gone 2']) await begin([order(one.id, await team(name))]);
    await desk.drain();
    const told = inbox.of(one.email).filter((mail) => /could not be reached/.test(mail.subject));
    assert.equal(told.length, 1);
    const marked = (await one.notify.contacts({})).contacts.find((each) => each.channel === 'webhook');
    assert.match(marked?.failed?.why ?? '', /410/);
    provider.answer(() => fine);
    await one.notify.test({ id: marked?.id ?? '' });
    await desk.drain();
    assert.equal((await one.notify.contacts({})).contacts.find((each) => each.channel === 'webhook')?.failed, null);
  });

  it('whoever no contact can reach is unreachable, and the log says so', async () => {
    provider.answer(() => ({ status: 410 }));
    inbox.answer({ code: 550, text: 'no such mailbox' });
    const one = await person();
    await by(one, 'webhook', 'dead');
    const about = await team('Unreachable');
    await begin([order(one.id, about)]);
    await desk.drain();
    assert.equal(await somebodyIsReachable({ db: desk.desk.db, desk: desk.desk }, about), false);
    const number = (await desk.people.teams({ q: 'Unreachable' })).items[0]?.number ?? '';
    assert.ok((await desk.records.timeline({ number })).items.some((entry) => entry.did === 'page.unreachable'));
  });

  it('a storm to one phone is told in full: the first at once, the rest in one message when the limit allows', async () => {
    const one = await person();
    await by(one, 'sms', '+4930555111');
    const service = await desk.catalog.create({ name: 'payments', tier: 1 });
    const abouts: string[] = [];
    for (let at = 0; at < 6; at += 1) abouts.push(await team(`Storm ${at}`));
    const before = provider.asked.length;
    for (const [at, about] of abouts.entries()) {
      await begin([order(one.id, about, { title: `Alert ${at}`, serviceId: service.id })]);
      await desk.drain();
    }
    const bodies = () => provider.asked.slice(before).map((asked) => new URLSearchParams(asked.body).get('Body') ?? '');
    assert.equal(bodies().length, 1, 'one at once, the others wait');
    assert.match(bodies()[0] ?? '', /Alert 0/);
    const waiting = (await one.notify.mine({})).items.filter((each) => each.waitsUntil !== null);
    assert.equal(waiting.length, 5);
    await desk.advance({ seconds: 61 });
    assert.equal(bodies().length, 2);
    assert.match(bodies()[1] ?? '', /5 alerts of payments/);
    for (const about of abouts) assert.deepEqual([...new Set((await rowsAbout(about)).map((row) => row.state))], ['sent']);
  });

  it('an escalation overtakes what waits for the same phone', async () => {
    const one = await person();
    await by(one, 'sms', '+4930555222');
    const [first, other] = [await team('First'), await team('Other')];
    await begin([order(one.id, first, { title: 'First' })]);
    await desk.drain();
    await begin([order(one.id, other, { title: 'Further' })]);
    await begin([order(one.id, first, { title: 'Escalated' })]);
    const before = provider.asked.length;
    await desk.advance({ seconds: 61 });
    const told = provider.asked.slice(before).map((asked) => new URLSearchParams(asked.body).get('Body') ?? '');
    assert.match(told[0] ?? '', /Escalated/);
    await desk.advance({ minutes: 20 });
    assert.ok(
      provider.asked.slice(before).some((asked) => /Further/.test(new URLSearchParams(asked.body).get('Body') ?? '')),
      'delayed, not dropped',
    );
  });

  it('quiet hours hold notices and low urgency until they end, and never a page of high urgency', async () => {
    const one = await person();
    await desk.advance({ minutes: 30 });
    const now = new Date(desk.now());
    const clock = (hours: number) => `${String((now.getUTCHours() + hours) % 24).padStart(2, '0')}:00`;
    const hours = [{ days: ['mo' as const, 'tu' as const, 'we' as const, 'th' as const, 'fr' as const, 'sa' as const, 'su' as const], from: clock(0), until: clock(3) }];
    await one.notify.setQuiet({ hours });
    const [high, low] = [await team('High'), await team('Low')];
    await begin([order(one.id, high, { title: 'High urgency' }), order(one.id, low, { title: 'Low urgency', urgency: 'low' })]);
    await writeAs(desk.desk, SYSTEM, (ctx) => tell(ctx, { personId: one.id, about: null, title: 'A reminder', text: '' }), 'quiet');
    await desk.drain();
    const subjects = () => inbox.of(one.email).map((mail) => mail.subject);
    assert.deepEqual(subjects().length, 1);
    assert.match(subjects()[0] ?? '', /High urgency/);
    await desk.advance({ hours: 3 });
    assert.equal(subjects().length, 3);
  });

  it('a shadow is told beside and asked nothing; one person can be let off while others are paged on', async () => {
    const [lead, junior] = [await person(), await person()];
    const about = await team('Shadowed');
    await lead.notify.setRules({
      urgency: 'high',
      rules: [
        { contact: 'email', delayMinutes: 0 },
        { contact: 'email', delayMinutes: 5 },
      ],
    });
    await begin([order(lead.id, about), order(junior.id, about, { shadow: true })]);
    await desk.drain();
    const [told] = inbox.of(junior.email).slice(-1);
    assert.match(told?.subject ?? '', /You shadow this/);
    assert.equal(told?.ackLink, null);
    assert.ok(inbox.of(lead.email).at(-1)?.ackLink);
    assert.equal(await writeAs(desk.desk, SYSTEM, (ctx) => endPageOf(ctx, about, lead.id, 'handed on'), 'quiet'), true);
    const mails = inbox.of(lead.email).length;
    await desk.advance({ minutes: 6 });
    assert.equal(inbox.of(lead.email).length, mails);
    const open = await store.tables(desk.desk.db).selectFrom('notifyPage').select('personId').where('aboutId', '=', about).where('endedAt', 'is', null).execute();
    assert.deepEqual(
      open.map((page) => page.personId),
      [junior.id],
    );
  });

  it('a channel that several people read is a record: added by leads, tested, posted to, retired', async () => {
    const channel = await desk.notify.createChannel({ name: 'Bridge', channel: 'mattermost', address: `${provider.url}/hooks/bridge` });
    assert.equal(channel.number, 'CHN-1');
    await desk.notify.testChannel({ number: channel.number });
    await desk.drain();
    assert.ok((await desk.notify.getChannel({ number: channel.number })).channel.verifiedAt);
    const about = await team('Posted');
    const post = { channelIds: [channel.id], about, title: 'Shop is down', text: 'since 9:00', why: 'Step 1 of Everything.' };
    assert.equal(await writeAs(desk.desk, SYSTEM, (ctx) => postToChannels(ctx, post), 'quiet'), 1);
    await desk.drain();
    const last = provider.asked.findLast((asked) => asked.path === '/hooks/bridge');
    assert.match(last?.body ?? '', /Shop is down/);
    assert.deepEqual(
      (await desk.notify.sentAbout({ number: (await desk.people.teams({ q: 'Posted' })).items[0]?.number ?? '' })).items.map((one) => [one.purpose, one.person, one.state]),
      [['post', null, 'sent']],
    );
    const { channel: newest } = await desk.notify.getChannel({ number: channel.number });
    await desk.notify.retireChannel({ number: channel.number, version: newest.version });
    assert.equal(await writeAs(desk.desk, SYSTEM, (ctx) => postToChannels(ctx, post), 'quiet'), 0);
  });
});
