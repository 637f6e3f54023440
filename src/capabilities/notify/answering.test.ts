import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { openProvider, type Asked, type Provider } from '#testing/provider.ts';
import { listenMatrix } from './receiving/matrix.ts';
import { listenTelegram } from './receiving/telegram.ts';

const BASE = 'https://desk.example.com';
const ACCOUNT = `AC${'1'.repeat(32)}`;
const PHONE = '+4930123456';

describe('answers come back through a message', () => {
  let desk: TestDesk;
  let inbox: Inbox;
  let provider: Provider;
  let ada: TestPerson;
  let key: string;
  let messages = 0;

  const twilio = (asked: Asked) => ({ status: 201, body: JSON.stringify({ sid: `SM${(messages += 1)}`, status: 'queued', path: asked.path }) });

  before(async () => {
    inbox = await openInbox();
    provider = await openProvider(twilio);
    desk = await openTestDesk({ env: { QD_PUBLIC_URL: BASE, QD_SMTP_URL: inbox.url } });
    ada = await desk.person('Ada Ek', 'responder');
    const bo = await desk.person('Bo Berg', 'responder');
    const steps = [ada, bo].map(({ number }) => ({ targets: [{ kind: 'person' as const, number }], waitMinutes: 30 }));
    await desk.oncall.createPolicy({ name: 'Everything', isDefault: true, steps });
    key = (await desk.alerts.createSource({ name: 'Prometheus' })).key;
    await desk.notify.setProvider({ provider: 'twilio', baseUrl: provider.url, account: ACCOUNT, token: 'secret', from: '+15005550006' });
  });
  after(async () => {
    await desk.close();
    await inbox.close();
    await provider.close();
  });

  async function fire(name: string, service?: string): Promise<string> {
    const body = JSON.stringify({
      version: '4',
      alerts: [{ status: 'firing', labels: { alertname: name, severity: 'critical', ...(service && { service }) }, annotations: { summary: name } }],
    });
    const answer = await fetch(`${desk.url}/ingest/${key}/alertmanager`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    assert.equal(answer.status, 202);
    await desk.drain();
    const [alert] = (await desk.alerts.list({ limit: 1 })).items;
    return alert?.number ?? '';
  }
  const stateOf = async (number: string) => (await desk.alerts.get({ number })).alert.state;
  const forms = (what: string) => provider.asked.filter((one) => one.path.endsWith(`/${what}.json`)).map((one) => new URLSearchParams(one.body));
  const newest = (what: string) => forms(what).at(-1);

  async function call(path: string, fields: Record<string, string>, signature?: string) {
    const signed = Object.keys(fields)
      .toSorted()
      .reduce((all, name) => `${all}${name}${fields[name]}`, `${BASE}${path}`);
    const right = createHmac('sha1', 'secret').update(signed).digest('base64');
    const answer = await fetch(`${desk.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature ?? right },
      body: new URLSearchParams(fields).toString(),
    });
    return { status: answer.status, text: await answer.text() };
  }
  const text = (body: string, from = PHONE) => call('/hooks/twilio/sms', { From: from, To: '+15005550006', Body: body, MessageSid: 'SMx' });

  async function onPhone(channel: 'sms' | 'voice', number: string): Promise<string> {
    const { contacts } = await ada.notify.addContact({ channel, label: channel, address: number });
    const id = contacts.find((one) => one.channel === channel)?.id ?? '';
    await ada.notify.test({ id });
    await desk.drain();
    return id;
  }

  it('a phone is used once the code that it was sent was typed in', async () => {
    const id = await onPhone('sms', PHONE);
    const code = /code is (\d{6})/.exec(newest('Messages')?.get('Body') ?? '')?.[1] ?? '';
    assert.match((await ada.notify.contacts({})).contacts.find((one) => one.id === id)?.trouble ?? '', /Not confirmed/);
    const wrong = code === '111111' ? '222222' : '111111';
    assert.match((await refusalOf(ada.notify.verifyContact({ id, code: wrong }))).sentence, /not the code/);
    for (let turn = 0; turn < 4; turn += 1) await refusalOf(ada.notify.verifyContact({ id, code: wrong }));
    assert.match((await refusalOf(ada.notify.verifyContact({ id, code }))).sentence, /too many wrong codes/);
    await desk.advance({ minutes: 2 });
    await ada.notify.test({ id });
    await desk.drain();
    const second = /code is (\d{6})/.exec(newest('Messages')?.get('Body') ?? '')?.[1] ?? '';
    const { contacts } = await ada.notify.verifyContact({ id, code: second });
    const phone = contacts.find((one) => one.id === id);
    assert.ok(phone?.verifiedAt);
    assert.equal(phone?.trouble, null);
    await ada.notify.setRules({ urgency: 'high', rules: [{ contact: id, delayMinutes: 0 }] });
    await desk.advance({ minutes: 2 });
  });

  it('a text with a short code acknowledges, another resolves; each page has a code of its own', async () => {
    const one = await fire('Disk full');
    assert.match(newest('Messages')?.get('Body') ?? '', /Reply 1a to acknowledge/);
    await desk.advance({ minutes: 2 });
    const two = await fire('Load high');
    assert.match(newest('Messages')?.get('Body') ?? '', /Reply 2a to acknowledge/);
    const answer = await text(' "1A"');
    assert.match(answer.text, /<Message>ALR-\d+: You have it/);
    assert.deepEqual([await stateOf(one), await stateOf(two)], ['acknowledged', 'triggered']);
    assert.match((await text(`resolve ${two}`)).text, /Resolved/);
    assert.equal(await stateOf(two), 'resolved');
    await desk.alerts.resolve({ number: one });
    await desk.advance({ minutes: 20 });
    const three = await fire('Third');
    assert.match(newest('Messages')?.get('Body') ?? '', /Reply 1a to acknowledge/, 'the lowest code is free again');
    assert.match((await text('a')).text, /You have it/);
    assert.equal(await stateOf(three), 'acknowledged');
    assert.match((await text('1r')).text, /no open page/, 'the page has ended, and with it its code');
    assert.match((await text('r')).text, /Resolved/);
    assert.equal(await stateOf(three), 'resolved');
  });

  it('an unknown number gets no answer, five wrong ones in a row are answered, a forged signature is refused', async () => {
    assert.match((await text('1a', '+4999999')).text, /<Response><\/Response>/);
    for (let turn = 0; turn < 5; turn += 1) assert.match((await text('who is this')).text, /<Message>/);
    assert.match((await text('who is this')).text, /<Response><\/Response>/);
    assert.equal((await call('/hooks/twilio/sms', { From: PHONE, Body: '1a' }, 'Zm9yZ2Vk')).status, 403);
  });

  it('STOP turns the number off and START on again', async () => {
    await text('STOP');
    assert.match((await ada.notify.contacts({})).contacts.find((one) => one.channel === 'sms')?.trouble ?? '', /STOP/);
    await text('START');
    assert.equal((await ada.notify.contacts({})).contacts.find((one) => one.channel === 'sms')?.trouble, null);
  });

  it('receipts are taken in their order, whatever the order they come in; one that failed uses the next contact', async () => {
    await desk.advance({ hours: 4 });
    const number = await fire('Receipts');
    const path = new URL(newest('Messages')?.get('StatusCallback') ?? '').pathname;
    const sid = `SM${messages}`;
    const receipt = async () => (await desk.notify.sentAbout({ number })).items.find((one) => one.channel === 'sms');
    assert.equal((await call(path, { MessageSid: sid, MessageStatus: 'delivered' })).status, 204);
    await call(path, { MessageSid: sid, MessageStatus: 'sent' });
    await call(path, { MessageSid: 'SMother', MessageStatus: 'read' });
    assert.equal((await receipt())?.receipt, 'delivered');
    await call(path, { MessageSid: sid, MessageStatus: 'failed' });
    assert.equal((await receipt())?.state, 'sent', 'what was delivered has not failed');
    await desk.alerts.resolve({ number });
    await desk.advance({ hours: 4 });
    const mails = inbox.of(ada.email).length;
    const failing = await fire('Undelivered');
    await call(new URL(newest('Messages')?.get('StatusCallback') ?? '').pathname, { MessageSid: `SM${messages}`, MessageStatus: 'undelivered' });
    await desk.drain();
    const told = (await desk.notify.sentAbout({ number: failing })).items;
    assert.equal(told.find((one) => one.channel === 'sms')?.state, 'failed');
    assert.ok(inbox.of(ada.email).length > mails, 'mail at once');
    assert.match((await ada.notify.contacts({})).contacts.find((one) => one.channel === 'sms')?.failed?.why ?? '', /not delivered/);
    await desk.alerts.resolve({ number: failing });
  });

  it('the keys of a call acknowledge and escalate', async () => {
    await desk.advance({ hours: 4 });
    const id = await onPhone('voice', '+4930777777');
    const spoken = /Your code is ([\d, ]+)/.exec(newest('Calls')?.get('Twiml') ?? '')?.[1] ?? '';
    await ada.notify.verifyContact({ id, code: spoken.replaceAll(/\D/g, '') });
    await ada.notify.setRules({ urgency: 'high', rules: [{ contact: id, delayMinutes: 0 }] });
    await desk.advance({ minutes: 5 });
    const number = await fire('Called');
    const twiml = newest('Calls')?.get('Twiml') ?? '';
    const action = /action="([^"]+)"/.exec(twiml)?.[1] ?? '';
    assert.match(twiml, /To acknowledge, press 4/);
    assert.match((await call(new URL(action).pathname, { Digits: '9', CallSid: 'CA1' })).text, /means nothing/);
    assert.match((await call(new URL(action).pathname, { Digits: '4', CallSid: 'CA1' })).text, /<Say>ALR-\d+: You have it/);
    assert.equal(await stateOf(number), 'acknowledged');
    assert.match((await call(new URL(action).pathname, { Digits: '5', CallSid: 'CA1' })).text, /Passed on/);
    assert.equal(await stateOf(number), 'triggered');
    assert.match((await call(`${new URL(action).pathname}x`, { Digits: '4', CallSid: 'CA1' })).text, /cannot be answered/);
    await desk.alerts.resolve({ number });
  });

  it('a storm is one text after the first, and one answer takes all of it', async () => {
    await desk.advance({ hours: 4 });
    const service = await desk.catalog.create({ name: 'payments', tier: 1 });
    const sms = (await ada.notify.contacts({})).contacts.find((one) => one.channel === 'sms')?.id ?? '';
    await ada.notify.setRules({ urgency: 'high', rules: [{ contact: sms, delayMinutes: 0 }] });
    const numbers: string[] = [];
    for (const name of ['Slow', 'Errors', 'Queue']) numbers.push(await fire(name, service.name));
    const before = forms('Messages').length;
    await desk.advance({ seconds: 61 });
    assert.equal(forms('Messages').length, before + 1);
    const body = newest('Messages')?.get('Body') ?? '';
    assert.match(body, /2 alerts of payments/);
    assert.match((await text(/Reply (\d+a)/.exec(body)?.[1] ?? '')).text, /2 pages:/);
    assert.deepEqual(await Promise.all(numbers.map(stateOf)), ['triggered', 'acknowledged', 'acknowledged']);
    for (const number of numbers) await desk.alerts.resolve({ number });
  });

  it('a button of Telegram acts for whose chat it is, and is fetched without a public address', async () => {
    await desk.advance({ hours: 4 });
    await desk.notify.setProvider({ provider: 'telegram', baseUrl: provider.url, token: '123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ' });
    provider.answer(() => ({ status: 200, body: '{"ok":true,"result":{"message_id":7}}' }));
    const { contacts } = await ada.notify.addContact({ channel: 'telegram', label: 'Chat', address: '5551234' });
    const contact = contacts.find((one) => one.channel === 'telegram')?.id ?? '';
    await ada.notify.setRules({ urgency: 'high', rules: [{ contact, delayMinutes: 0 }] });
    const number = await fire('Button');
    const sent = JSON.parse(provider.asked.findLast((one) => one.path.endsWith('/sendMessage'))?.body ?? '{}') as {
      reply_markup: { inline_keyboard: { callback_data: string }[][] };
    };
    const [acknowledge] = sent.reply_markup.inline_keyboard[0] ?? [];
    assert.ok(Buffer.byteLength(acknowledge?.callback_data ?? '') <= 64);
    const pressed = (from: number, id: number) => ({
      update_id: id,
      callback_query: { id: `q${id}`, from: { id: from }, data: acknowledge?.callback_data, message: { message_id: 7, chat: { id: 5551234 } } },
    });
    const updates = [pressed(999, 1), pressed(5551234, 2), { update_id: 3, message: { chat: { id: 42 }, text: '/start' } }];
    provider.answer((asked) => {
      if (!asked.path.endsWith('/getUpdates')) return { status: 200, body: '{"ok":true,"result":{"message_id":8}}' };
      const { offset } = JSON.parse(asked.body) as { offset: number };
      return { status: 200, body: JSON.stringify({ ok: true, result: updates.filter((one) => one.update_id >= offset) }) };
    });
    const how = { waitSeconds: 1, signal: new AbortController().signal };
    assert.equal(await listenTelegram(desk.desk, how), 'listened');
    const said = provider.asked.filter((one) => one.path.endsWith('/answerCallbackQuery')).map((one) => (JSON.parse(one.body) as { text: string }).text);
    assert.match(said[0] ?? '', /not yours/);
    assert.match(said[1] ?? '', /You have it/);
    assert.equal(await stateOf(number), 'acknowledged');
    assert.match(provider.asked.findLast((one) => one.path.endsWith('/sendMessage'))?.body ?? '', /id of this chat is 42/);
    const before = provider.asked.length;
    await listenTelegram(desk.desk, how);
    assert.equal(provider.asked.length, before + 1, 'nothing is answered twice');
    await desk.alerts.resolve({ number });
  });

  it('a reaction or a reply in a room of Matrix acts, that of the desk itself does not', async () => {
    await desk.advance({ hours: 4 });
    await desk.notify.setProvider({ provider: 'matrix', baseUrl: provider.url, token: 'syt' });
    provider.answer(() => ({ status: 200, body: '{"event_id":"$page"}' }));
    const { contacts } = await ada.notify.addContact({ channel: 'matrix', label: 'Room', address: '!ada:example.org' });
    const contact = contacts.find((one) => one.channel === 'matrix')?.id ?? '';
    await ada.notify.setRules({ urgency: 'high', rules: [{ contact, delayMinutes: 0 }] });
    const number = await fire('Reaction');
    const reaction = (sender: string) => ({ type: 'm.reaction', sender, content: { 'm.relates_to': { rel_type: 'm.annotation', event_id: '$page', key: '👍' } } });
    let events: unknown[] = [];
    const answered = (asked: Asked) => {
      if (asked.path.includes('/sync')) return { status: 200, body: JSON.stringify({ next_batch: 's2', rooms: { join: { '!ada:example.org': { timeline: { events } } } } }) };
      if (asked.path.includes('/whoami')) return { status: 200, body: '{"user_id":"@desk:example.org"}' };
      return { status: 200, body: '{"event_id":"$answer"}' };
    };
    provider.answer(answered);
    const how = { waitSeconds: 1, signal: new AbortController().signal };
    events = [reaction('@ada:example.org')];
    await listenMatrix(desk.desk, how);
    assert.equal(await stateOf(number), 'triggered', 'what was said before the desk listened asks for nothing');
    events = [reaction('@desk:example.org')];
    await listenMatrix(desk.desk, how);
    assert.equal(await stateOf(number), 'triggered');
    events = [reaction('@ada:example.org')];
    await listenMatrix(desk.desk, how);
    assert.equal(await stateOf(number), 'acknowledged');
    const readable = provider.asked.length;
    const silent = (asked: Asked) => ({ status: 403, path: asked.path });
    provider.answer((asked) => (asked.method === 'PUT' ? silent(asked) : answered(asked)));
    await listenMatrix(desk.desk, how);
    assert.ok(provider.asked.length > readable, 'a room in which the desk may not write ends nothing');
    provider.answer(answered);
    events = [{ type: 'm.room.message', sender: '@ada:example.org', content: { body: '> page\n\nresolve', 'm.relates_to': { 'm.in_reply_to': { event_id: '$page' } } } }];
    await listenMatrix(desk.desk, how);
    assert.equal(await stateOf(number), 'resolved');
  });

  it('a mail scanner that follows every link acknowledges nothing; the buttons of the page do', async () => {
    await ada.notify.setRules({ urgency: 'high', rules: [{ contact: 'email', delayMinutes: 0 }] });
    const number = await fire('Scanned');
    const link = inbox.of(ada.email).at(-1)?.ackLink ?? '';
    const path = new URL(link).pathname;
    const html = await (await fetch(`${desk.url}${path}`)).text();
    const actions = [...html.matchAll(/action="([^"]+)"/g)].map((found) => found[1] ?? '');
    assert.deepEqual(
      actions.map((action) => action.replace(path, '')),
      ['/acknowledge', '/escalate', '/resolve'],
    );
    for (const action of actions) for (const method of ['GET', 'HEAD']) await fetch(`${desk.url}${action}`, { method });
    assert.equal(await stateOf(number), 'triggered');
    const post = async (deed: string) => (await fetch(`${desk.url}${path}/${deed}`, { method: 'POST' })).text();
    assert.match(await post('acknowledge'), /You have it/);
    assert.equal(await stateOf(number), 'acknowledged');
    await post('resolve');
    assert.equal(await stateOf(number), 'resolved');
    assert.match(await post('acknowledge'), /over already/);
  });
});
