import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { writeAs } from '#kernel/act.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { openTestDesk, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { openProvider, type Asked, type Provider } from '#testing/provider.ts';
import { tell } from '../outbox.ts';
import { overdueMessages } from '../store/overdue.ts';
import { beginPages, endPages, type PageOrder } from '../pages.ts';
import { afterFailure, receiptOf } from '../rules/index.ts';
import { takeReceipt } from '../receiving/receipts.ts';
import * as store from '../store/index.ts';

const fine = { status: 201, body: '{"sid":"SM1","status":"queued"}' };

describe('providers that answer what nobody expects', () => {
  let desk: TestDesk;
  let inbox: Inbox;
  let provider: Provider;
  let made = 0;
  before(async () => {
    inbox = await openInbox();
    provider = await openProvider(() => fine);
    desk = await openTestDesk({ env: { QD_SMTP_URL: inbox.url, QD_LOG_LEVEL: 'silent' } });
    await desk.notify.setProvider({ provider: 'twilio', baseUrl: provider.url, account: `AC${'3'.repeat(32)}`, token: 'secret', from: '+15005550006' });
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

  const person = () => desk.person(`Ann ${'abcdefghijklmnopqrstuvwxyz'[(made += 1)]}`, 'responder');
  const team = async (name: string) => (await desk.people.createTeam({ name })).id;
  const begin = (orders: readonly PageOrder[]) => writeAs(desk.desk, SYSTEM, (ctx) => beginPages(ctx, orders), 'quiet');
  const end = (about: string) => writeAs(desk.desk, SYSTEM, (ctx) => endPages(ctx, about, 'acknowledged'), 'quiet');
  const order = (personId: string, about: string, more: Partial<PageOrder> = {}): PageOrder => ({ personId, about, title: 'Disk full', text: 'on db-1', why: 'Step 1.', ...more });
  const rowsAbout = (about: string) => store.tables(desk.desk.db).selectFrom('notifyNotification').selectAll().where('aboutId', '=', about).orderBy('createdAt').execute();
  const said = (asked: Asked) => new URLSearchParams(asked.body).get('Body') ?? '';

  async function by(one: TestPerson, channel: 'ntfy' | 'webhook' | 'sms', path: string): Promise<string> {
    const { contacts } = await one.notify.addContact({ channel, label: 'Mine', address: channel === 'sms' ? path : `${provider.url}/${path}` });
    const id = contacts.find((each) => each.channel === channel)?.id ?? '';
    const verifiedAt = new Date(desk.now()).toISOString();
    await store.tables(desk.desk.db).updateTable('notifyContact').set({ verifiedAt }).where('id', '=', id).execute();
    await one.notify.setRules({ urgency: 'high', rules: [{ contact: id, delayMinutes: 0 }] });
    return id;
  }

  it('an answer with characters that the database does not keep spoils no other result', { timeout: 30_000 }, async () => {
    provider.answer(() => ({ status: 500, body: 'broken \u0000 \ud83d here' }));
    const [odd, other] = [await person(), await person()];
    await by(odd, 'webhook', 'odd');
    const about = await team('Odd answer');
    await begin([order(odd.id, about), order(other.id, about)]);
    await desk.drain();
    const mail = (await rowsAbout(about)).find((row) => row.personId === other.id && row.channel === 'email');
    assert.equal(mail?.state, 'sent');
    assert.equal(inbox.of(other.email).length, 1);
    const refused = (await rowsAbout(about)).find((row) => row.channel === 'webhook');
    assert.deepEqual([refused?.state, refused?.attempt], ['pending', 1]);
    await end(about);
  });

  for (const seconds of ['1e300', '31536000'])
    it(`whoever asks for ${seconds} seconds of rest is passed over, and holds up nobody else at the same server`, { timeout: 30_000 }, async () => {
      provider.answer(({ path }) => (path === '/greedy' ? { status: 429, headers: { 'retry-after': seconds } } : fine));
      const [greedy, other] = [await person(), await person()];
      await by(greedy, 'webhook', 'greedy');
      await by(other, 'webhook', 'fine');
      const about = await team(`Greedy ${seconds}`);
      await begin([order(greedy.id, about)]);
      await desk.drain();
      const later = await team(`Beside ${seconds}`);
      await begin([order(other.id, later)]);
      await desk.advance({ minutes: 2 });
      assert.equal((await rowsAbout(later)).find((row) => row.channel === 'webhook')?.state, 'sent');
      assert.deepEqual(
        [
          inbox.of(greedy.email).filter((mail) => /Page: Disk full/.test(mail.subject)).length,
          afterFailure({ attempt: 1, permanent: false, waitMs: Number(seconds) * 1000 }, ['a'], ['a']),
        ],
        [1, { kind: 'again', inMs: 300_000 }],
      );
    });

  async function waiting(count: number): Promise<{ abouts: readonly string[]; rows: readonly store.NotificationRow[] }> {
    const one = await person();
    await by(one, 'sms', `+493055560${made}`);
    const service = await desk.catalog.create({ name: `orders ${made}`, tier: 1 });
    const abouts: string[] = [];
    for (let at = 0; at < count; at += 1) abouts.push(await team(`Waiting ${made} ${at}`));
    for (const [at, about] of abouts.entries()) await begin([order(one.id, about, { title: `Alert ${at}`, serviceId: service.id })]);
    const rows = await Promise.all(abouts.map(async (about) => (await rowsAbout(about)).find((row) => row.channel === 'sms')!));
    return { abouts, rows };
  }
  const change = (id: string, to: Partial<store.NotificationRow>) => store.tables(desk.desk.db).updateTable('notifyNotification').set(to).where('id', '=', id).execute();
  const smsStates = async (abouts: readonly string[]) =>
    (await Promise.all(abouts.map(rowsAbout))).map((rows) =>
      rows
        .filter((row) => row.channel === 'sms')
        .map((row) => row.state)
        .join(' '),
    );

  it('what was to be told with a message is told with the one that takes that in', async () => {
    const { abouts, rows } = await waiting(3);
    const notBefore = new Date(desk.now() - 1000).toISOString();
    await change(rows[0]!.id, { notBefore, attempt: 1 });
    await change(rows[1]!.id, { notBefore, attempt: 1 });
    await change(rows[2]!.id, { state: 'bundled', bundleId: rows[1]!.id });
    await desk.drain();
    assert.deepEqual(await smsStates(abouts), ['sent', 'sent', 'sent']);
    assert.match(said(provider.asked.at(-1)!), /3 alerts of orders/);
  });

  it('what was to be told with a message that is folded into another rule goes by itself', async () => {
    const { abouts, rows } = await waiting(2);
    const later = new Date(desk.now() + 30_000).toISOString();
    await change(rows[0]!.id, { notBefore: later, attempt: 1 });
    await change(rows[1]!.id, { state: 'bundled', bundleId: rows[0]!.id });
    const { id: _id, ...same } = rows[0]!;
    await store
      .tables(desk.desk.db)
      .insertInto('notifyNotification')
      .values({ ...same, id: uuidv7(desk.now()) })
      .execute();
    await desk.advance({ minutes: 3 });
    assert.deepEqual(await smsStates(abouts), ['cancelled sent', 'sent']);
  });

  it('the auditor sees what waits for a message that is gone', async () => {
    const { abouts, rows } = await waiting(2);
    await change(rows[1]!.id, { state: 'bundled', bundleId: rows[0]!.id });
    const overdue = async () => (await overdueMessages(desk.desk.db, desk.now() + 1)).count;
    const before = await overdue();
    await change(rows[0]!.id, { state: 'sent' });
    assert.deepEqual([before, await overdue()], [1, 1], 'first the one it waits for, then itself');
    for (const about of abouts) await end(about);
    assert.equal(await overdue(), 0);
  });

  it('a text that was not delivered uses the next contact of every page that it told', async () => {
    const one = await person();
    await by(one, 'sms', '+4930555444');
    const service = await desk.catalog.create({ name: 'carts', tier: 1 });
    const abouts: string[] = [];
    for (let at = 0; at < 3; at += 1) abouts.push(await team(`Not delivered ${at}`));
    const before = provider.asked.length;
    for (const [at, about] of abouts.entries()) {
      await begin([order(one.id, about, { title: `Alert ${at}`, serviceId: service.id })]);
      await desk.drain();
    }
    await desk.advance({ seconds: 61 });
    assert.match(said(provider.asked[before + 1]!), /2 alerts of carts/);
    const second = (await rowsAbout(abouts[1]!)).find((row) => row.channel === 'sms');
    await takeReceipt(desk.desk, { notification: second?.id ?? '', ref: 'SM1', receipt: receiptOf('undelivered')! });
    await desk.drain();
    for (const about of abouts.slice(1))
      assert.deepEqual(
        (await rowsAbout(about)).filter((row) => row.channel === 'email').map((row) => row.state),
        ['sent'],
      );
  });

  it('a contact that is taken away while its message waits leaves the page to the next one', async () => {
    const one = await person();
    const id = await by(one, 'sms', '+4930555777');
    const [first, second] = [await team('Before it went'), await team('After it went')];
    await begin([order(one.id, first)]);
    await desk.drain();
    await begin([order(one.id, second, { title: 'Second' })]);
    await desk.drain();
    await one.notify.removeContact({ id });
    await desk.advance({ minutes: 2 });
    assert.deepEqual(
      (await rowsAbout(second)).map((row) => [row.channel, row.state]),
      [
        ['sms', 'cancelled'],
        ['email', 'sent'],
      ],
    );
  });

  it('whoever has left is told nothing, neither what waited nor what comes', async () => {
    const gone = await person();
    await gone.notify.setRules({ urgency: 'high', rules: [{ contact: 'email', delayMinutes: 5 }] });
    await begin([order(gone.id, await team('Left behind'))]);
    await desk.people.leave({ number: gone.number, version: (await desk.people.get({ number: gone.number })).person.version });
    const notice = { personId: gone.id, about: null, title: 'Ada asks for cover', text: '' };
    await writeAs(desk.desk, SYSTEM, (ctx) => tell(ctx, notice), 'quiet');
    await desk.advance({ minutes: 10 });
    assert.equal(inbox.of(gone.email).filter((mail) => /Page|cover/.test(mail.subject)).length, 0);
  });

  it('a number is not shown to everybody by what a provider says', async () => {
    const one = await person();
    await by(one, 'sms', '+4930555999');
    provider.answer(() => ({ status: 400, body: '{"code":21211,"message":"The number +4930555999 is not valid."}' }));
    const about = await team('Number');
    await begin([order(one.id, about)]);
    await desk.drain();
    assert.match((await rowsAbout(about)).find((row) => row.channel === 'sms')?.result ?? '', /The number \+49 … 999 is not valid/);
  });

  it('codes go to one number five times in an hour at most, and not twice within a minute', async () => {
    const [one, other] = [await person(), await person()];
    const refused: string[] = [];
    const ask = async (from: TestPerson) => {
      const { contacts } = await from.notify.addContact({ channel: 'sms', label: 'Not mine', address: '+4930555888' });
      const id = contacts.find((each) => each.channel === 'sms')?.id ?? '';
      for (let times = 0; times < 4; times += 1) {
        await from.notify.test({ id }).catch((error: Error) => refused.push(error.message));
        await desk.advance({ seconds: times === 0 ? 10 : 61 });
      }
      await from.notify.removeContact({ id });
    };
    for (const from of [one, other]) await ask(from);
    assert.match(refused[0] ?? '', /Wait a minute/);
    await ask(one);
    assert.match(refused.at(-1) ?? '', /5 codes were sent/);
    await desk.advance({ hours: 4 });
  });

  it('whoever has answered already is not called unreachable when a further message fails', async () => {
    const one = await person();
    await by(one, 'sms', '+4930555666');
    inbox.answer({ code: 550, text: 'no such mailbox' });
    const about = await team('Answered already');
    await begin([order(one.id, about)]);
    await desk.drain();
    await end(about);
    const text = (await rowsAbout(about)).find((row) => row.channel === 'sms');
    await takeReceipt(desk.desk, { notification: text?.id ?? '', ref: 'SM1', receipt: receiptOf('undelivered')! });
    const number = (await desk.people.teams({ q: 'Answered already' })).items[0]?.number ?? '';
    assert.ok(!(await desk.records.timeline({ number })).items.some((entry) => entry.did === 'page.unreachable'));
  });
});
