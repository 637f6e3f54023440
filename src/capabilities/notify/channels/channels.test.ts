import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk } from '#testing/desk.ts';
import { openProvider, type Answered, type Provider } from '#testing/provider.ts';
import type { ChannelName } from '../contract.ts';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const fine: Answered = { status: 200, body: '{"ok":true}' };

interface Spoken {
  readonly channel: Exclude<ChannelName, 'browser' | 'email'>;
  readonly address: (url: string) => string;
  readonly path: RegExp;
  readonly answer?: Answered;
  readonly says: (body: string, headers: Readonly<Record<string, unknown>>) => void;
}

/** A value inside JSON, by its path. */
function inside(body: string, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined), JSON.parse(body));
}

const spoken: readonly Spoken[] = [
  {
    channel: 'slack',
    address: (url) => `${url}/services/T0/B0/x`,
    path: /^\/services\/T0\/B0\/x$/,
    answer: { status: 200, body: 'ok' },
    says: (body) => {
      assert.equal(inside(body, 'blocks', '0', 'text', 'type'), 'mrkdwn');
      assert.match(String(inside(body, 'text')), /Test message from Quarterdeck/);
    },
  },
  {
    channel: 'slack',
    address: () => 'C024BE91L',
    path: /^\/chat\.postMessage$/,
    says: (body, headers) => {
      assert.equal(inside(body, 'channel'), 'C024BE91L');
      assert.equal(headers['authorization'], 'Bearer xoxb-secret');
    },
  },
  {
    channel: 'teams',
    address: (url) => `${url}/workflows/1/triggers/manual/paths/invoke?sig=x`,
    path: /sig=x$/,
    answer: { status: 202 },
    says: (body) => {
      assert.equal(inside(body, 'attachments', '0', 'contentType'), 'application/vnd.microsoft.card.adaptive');
      assert.equal(inside(body, 'attachments', '0', 'content', 'type'), 'AdaptiveCard');
      assert.match(String(inside(body, 'attachments', '0', 'content', 'body', '0', 'inlines', '0', 'text')), /Test message/);
    },
  },
  {
    channel: 'mattermost',
    address: (url) => `${url}/hooks/abc`,
    path: /^\/hooks\/abc$/,
    answer: { status: 200, body: 'ok' },
    says: (body) => assert.match(String(inside(body, 'text')), /\*\*Test message/),
  },
  {
    channel: 'rocketchat',
    address: (url) => `${url}/hooks/a/b`,
    path: /^\/hooks\/a\/b$/,
    answer: { status: 200, body: '{"success":true}' },
    says: (body) => assert.equal(inside(body, 'alias'), 'Quarterdeck'),
  },
  {
    channel: 'discord',
    address: (url) => `${url}/api/webhooks/1/t`,
    path: /^\/api\/webhooks\/1\/t$/,
    answer: { status: 204 },
    says: (body) => assert.deepEqual(inside(body, 'allowed_mentions'), { parse: [] }),
  },
  {
    channel: 'telegram',
    address: () => '123456789',
    path: /^\/bot123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ\/sendMessage$/,
    answer: { status: 200, body: '{"ok":true,"result":{"message_id":7}}' },
    says: (body) => assert.equal(inside(body, 'chat_id'), '123456789'),
  },
  {
    channel: 'matrix',
    address: () => '!room:example.org',
    path: /^\/_matrix\/client\/v3\/rooms\/!room%3Aexample\.org\/send\/m\.room\.message\/[0-9a-f-]{36}$/,
    answer: { status: 200, body: '{"event_id":"$one"}' },
    says: (body, headers) => {
      assert.equal(inside(body, 'msgtype'), 'm.text');
      assert.equal(headers['authorization'], 'Bearer syt_secret');
    },
  },
  {
    channel: 'ntfy',
    address: (url) => `${url}/my-topic`,
    path: /^\/$/,
    says: (body) => {
      assert.equal(inside(body, 'topic'), 'my-topic');
      assert.equal(inside(body, 'priority'), 3);
    },
  },
  {
    channel: 'gotify',
    address: (url) => `${url}/message?token=A1b2`,
    path: /^\/message$/,
    says: (body, headers) => {
      assert.equal(headers['x-gotify-key'], 'A1b2');
      assert.equal(inside(body, 'title'), 'Test message from Quarterdeck');
    },
  },
  {
    channel: 'webhook',
    address: (url) => `${url}/hook`,
    path: /^\/hook$/,
    says: (body, headers) => {
      assert.equal(inside(body, 'type'), 'quarterdeck.test');
      assert.match(String(headers['quarterdeck-signature']), /^t=\d+,v1=[0-9a-f]{64}$/);
      assert.equal(headers['idempotency-key'], inside(body, 'id'));
    },
  },
  {
    channel: 'sms',
    address: () => '+4930123456',
    path: new RegExp(`^/2010-04-01/Accounts/${ACCOUNT}/Messages\\.json$`),
    answer: { status: 201, body: '{"sid":"SM1","status":"queued"}' },
    says: (body, headers) => {
      const form = new URLSearchParams(body);
      assert.deepEqual([form.get('To'), form.get('From')], ['+4930123456', '+15005550006']);
      assert.match(form.get('Body') ?? '', /Your code is \d{6}/);
      assert.match(form.get('StatusCallback') ?? '', /^https:\/\/desk\.example\.com\/hooks\/twilio\/status\//);
      assert.equal(headers['authorization'], `Basic ${Buffer.from(`${ACCOUNT}:token`).toString('base64')}`);
    },
  },
  {
    channel: 'voice',
    address: () => '+4930123457',
    path: new RegExp(`^/2010-04-01/Accounts/${ACCOUNT}/Calls\\.json$`),
    answer: { status: 201, body: '{"sid":"CA1","status":"queued"}' },
    says: (body) => {
      const form = new URLSearchParams(body);
      assert.match(form.get('Twiml') ?? '', /^<Response><Say>Quarterdeck\. Test message.*Your code is \d, \d/);
      assert.deepEqual(form.getAll('StatusCallbackEvent'), ['initiated', 'ringing', 'answered', 'completed']);
    },
  },
];

describe('channels speak the protocol of their provider', () => {
  let desk: TestDesk;
  let provider: Provider;
  before(async () => {
    provider = await openProvider(() => fine);
    desk = await openTestDesk({ env: { QD_PUBLIC_URL: 'https://desk.example.com' } });
    const baseUrl = provider.url;
    await desk.notify.setProvider({ provider: 'twilio', baseUrl, account: ACCOUNT, token: 'token', from: '+15005550006' });
    await desk.notify.setProvider({ provider: 'telegram', baseUrl, token: '123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ' });
    await desk.notify.setProvider({ provider: 'matrix', baseUrl, token: 'syt_secret' });
    await desk.notify.setProvider({ provider: 'slack', baseUrl, token: 'xoxb-secret' });
    // Loopback is for tests; people set addresses on the internet.
  });
  beforeEach(() => provider.answer(() => fine));
  after(async () => {
    await desk.close();
    await provider.close();
  });

  async function tested(channel: Spoken['channel'], address: string, name: string) {
    const person = await desk.person(name, 'responder');
    const { contacts } = await person.notify.addContact({ channel, label: 'Mine', address });
    const contact = contacts.find((one) => one.channel === channel);
    const before = provider.asked.length;
    await person.notify.test({ id: contact?.id ?? '' });
    await desk.drain();
    const last = async () => (await person.notify.mine({})).items[0];
    return { person, contact, asked: provider.asked.slice(before), last };
  }

  for (const [at, { channel, address, path, answer, says }] of spoken.entries()) {
    it(`${channel} ${at}: shape, headers, what is taken and what is refused`, async () => {
      if (answer) provider.answer(() => answer);
      const taken = await tested(channel, address(provider.url), `Ann ${'abcdefghijklmnop'[at]}`);
      assert.equal(taken.asked.length, 1);
      assert.match(taken.asked[0]?.path ?? '', path);
      says(taken.asked[0]?.body ?? '', taken.asked[0]?.headers ?? {});
      assert.equal((await taken.last())?.state, 'sent');
      provider.answer(() => ({ status: 403, body: '{"message":"go away"}' }));
      await desk.advance({ minutes: 2 });
      await taken.person.notify.test({ id: taken.contact?.id ?? '' });
      await desk.drain();
      const refused = await taken.last();
      assert.equal(refused?.state, 'failed');
      assert.match(refused?.result ?? '', /403|go away/);
    });
  }

  it('Slack refuses inside an answer of 200, and says why', async () => {
    provider.answer(() => ({ status: 200, body: '{"ok":false,"error":"channel_not_found"}' }));
    const { last } = await tested('slack', 'C0NOTHERE', 'Cy');
    assert.deepEqual([(await last())?.state, (await last())?.result], ['failed', 'Slack refused it: channel_not_found.']);
  });

  it('addresses that a channel cannot use are refused with what to write instead', async () => {
    const wrong: readonly (readonly [Spoken['channel'], string, RegExp])[] = [
      ['sms', '0301234', /with its country/],
      ['telegram', 'ada', /id of the chat/],
      ['matrix', '#room:example.org', /internal id of the room/],
      ['gotify', 'https://gotify.example.com', /token/],
      ['slack', 'general', /incoming webhook/],
      ['push', 'https://example.com', /subscription/],
    ];
    for (const [channel, address, sentence] of wrong) {
      const refused = await refusalOf(desk.notify.addContact({ channel, label: 'Mine', address }));
      assert.match(refused.sentence, sentence);
    }
  });

  it('fields that are empty, too short or too long are refused in words for people', async () => {
    const said = async (label: string, address: string) => (await refusalOf(desk.notify.addContact({ channel: 'ntfy', label, address }))).sentence;
    assert.equal(await said('', 'https://ntfy.sh/topic'), 'label: This is needed.');
    assert.equal(await said('Mine', 'x'), 'address: Give at least 3 characters.');
    assert.equal(await said('x'.repeat(61), 'https://ntfy.sh/topic'), 'label: Give at most 60 characters.');
    const steps = [{ targets: [], waitMinutes: -1 }];
    assert.match((await refusalOf(desk.oncall.createPolicy({ name: 'x', steps }))).sentence, /Name at least one rota/);
  });

  it('Web Push encrypts for the browser, signs for the service, and calls no server it does not know', async () => {
    const browser = createECDH('prime256v1');
    browser.generateKeys();
    const keys = { p256dh: browser.getPublicKey().toString('base64url'), auth: randomBytes(16).toString('base64url') };
    provider.answer(() => ({ status: 201 }));
    const mine = await tested('push', JSON.stringify({ endpoint: `${provider.url}/wpush/v2/abc`, keys }), 'Dora');
    const [asked] = mine.asked;
    assert.equal(asked?.path, '/wpush/v2/abc');
    assert.equal(asked?.headers['content-encoding'], 'aes128gcm');
    assert.equal(asked?.headers['ttl'], '3600');
    assert.match(String(asked?.headers['authorization']), /^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=[\w-]+$/);
    assert.ok((asked?.bytes.length ?? 0) > 100 && !asked?.body.includes('Test message'));
    provider.answer(() => ({ status: 410 }));
    await desk.advance({ minutes: 2 });
    await mine.person.notify.test({ id: mine.contact?.id ?? '' });
    await desk.drain();
    assert.match((await mine.last())?.result ?? '', /ended this subscription/);
    const bare = await tested('push', JSON.stringify({ endpoint: 'https://198.41.0.4/x', keys }), 'Fay');
    assert.match((await bare.last())?.result ?? '', /no push service that the desk knows/);
    const elsewhere = await tested('push', JSON.stringify({ endpoint: 'https://push.example.com/x', keys }), 'Eve');
    assert.equal(elsewhere.asked.length, 0);
    assert.match((await elsewhere.last())?.result ?? '', /no push service that the desk knows/);
  });

  it('an account is tested by asking who it is; its secret never comes out', async () => {
    provider.answer(() => ({ status: 200, body: '{"ok":true,"result":{"username":"desk_bot"}}' }));
    await desk.notify.tryProvider({ provider: 'telegram' });
    await desk.drain();
    const listed = await desk.notify.providers({});
    const telegram = listed.accounts.find((one) => one.provider === 'telegram');
    assert.deepEqual([telegram?.set, telegram?.tried?.ok, telegram?.tried?.sentence], [true, true, 'The provider knows this account as desk_bot.']);
    assert.ok(!JSON.stringify(listed).includes('ABCDEFGHIJKLMNOPQRSTUVWXYZ'));
    const bo = await desk.person('Bo', 'lead');
    assert.equal((await refusalOf(bo.notify.providers({}))).kind, 'forbidden');
  });
});
