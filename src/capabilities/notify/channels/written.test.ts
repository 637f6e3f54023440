import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openTestDesk, type TestDesk } from '#testing/desk.ts';
import { openProvider, type Provider } from '#testing/provider.ts';
import { readAs } from '#kernel/act.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import type { ChannelName } from '../contract.ts';
import { readProviders } from '../providers.ts';
import { channels, type Message } from './index.ts';

const evil = {
  title: `<!channel> @everyone @here [Pay](https://evil.example) </Say><Hangup/> "it's" & \u0007\u000b ${'🔥'.repeat(500)}`,
  text: `line one\nline two ${'<&>"\'\\*_`'.repeat(300)}`,
};
const message: Message = {
  ...evil,
  id: '01890000-0000-7000-8000-000000000001',
  purpose: 'page',
  link: 'https://desk.example.com/alerts/ALR-1',
  ackLink: 'https://desk.example.com/ack/secret',
  why: 'You are on call.',
  at: '2026-03-02T09:00:00Z',
  urgency: 'high',
  person: { id: 'p', name: 'Ada', email: 'ada@example.com' },
  record: { number: 'ALR-1', kind: 'alert' },
  token: 'secret',
  code: 1,
};

describe('what a sender wrote stays text, and the way to answer stays in the message', () => {
  let desk: TestDesk;
  let provider: Provider;
  before(async () => {
    provider = await openProvider(() => ({ status: 200, body: '{"ok":true,"sid":"SM1","event_id":"$1"}' }));
    const baseUrl = provider.url;
    desk = await openTestDesk({ env: { QD_PUBLIC_URL: 'https://desk.example.com' } });
    await desk.notify.setProvider({ provider: 'twilio', baseUrl, account: `AC${'4'.repeat(32)}`, token: 'token', from: '+15005550006' });
    await desk.notify.setProvider({ provider: 'telegram', baseUrl, token: '123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ' });
    await desk.notify.setProvider({ provider: 'matrix', baseUrl, token: 'syt_secret' });
    await desk.notify.setProvider({ provider: 'slack', baseUrl, token: 'xoxb-secret' });
    await readAs(desk.desk, SYSTEM, readProviders);
  });
  beforeEach(() => provider.answer(() => ({ status: 200, body: '{"ok":true,"sid":"SM1","event_id":"$1"}' })));
  after(async () => {
    await desk.close();
    await provider.close();
  });

  async function sent(channel: ChannelName, address: string) {
    const how = await channels[channel].send(desk.desk, message, address);
    const asked = provider.asked.at(-1)!;
    assert.ok(asked.bytes.toString('utf8').isWellFormed());
    return { how, body: asked.body };
  }
  const form = (body: string, name: string) => new URLSearchParams(body).get(name) ?? '';
  const json = (body: string): Record<string, string> => JSON.parse(body);

  for (const [channel, field, most] of [
    ['discord', 'content', 2000],
    ['mattermost', 'text', 16_383],
    ['rocketchat', 'text', 5000],
  ] as const)
    it(`${channel}: nobody is called, no link but ours, at most ${most} characters`, async () => {
      const text = json((await sent(channel, `${provider.url}/x`)).body)[field] ?? '';
      assert.ok(text.length <= most, `${text.length}`);
      assert.ok(text.isWellFormed());
      assert.doesNotMatch(text, /@(everyone|here)|<!channel>|[^\\]\[Pay/);
      assert.match(text, /\[Acknowledge\]\(https:\/\/desk\.example\.com\/ack\/secret\)/);
    });

  it('Slack: nobody is called, and a block is not longer than Slack takes', async () => {
    const { blocks } = JSON.parse((await sent('slack', 'C024BE91L')).body);
    assert.ok(blocks[0].text.text.length <= 3000);
    assert.doesNotMatch(blocks[0].text.text, /<!channel>/);
    assert.match(blocks[0].text.text, /^\*<https:\/\/desk\.example\.com\/alerts\/ALR-1\|[^<>]*>\*/);
  });

  it('Teams: no Markdown is read', async () => {
    const { body } = await sent('teams', `${provider.url}/teams`);
    assert.doesNotMatch(body, /"TextBlock"|\\n/);
    assert.match(body, /TextRun/);
  });

  it('a call: XML that can be read, of at most 4,000 characters, with the keys', async () => {
    const twiml = form((await sent('voice', '+4930123456')).body, 'Twiml');
    assert.ok(twiml.length <= 4000, `${twiml.length}`);
    assert.doesNotMatch(twiml, /Hangup\/>|\p{Cc}/u);
    assert.equal([...twiml.matchAll(/<Say>/g)].length, [...twiml.matchAll(/<\/Say>/g)].length);
    assert.match(twiml, /To acknowledge, press 4/);
  });

  it('a text says how to answer', async () => {
    const text = form((await sent('sms', '+4930123456')).body, 'Body');
    assert.match(text, /Reply 1a to acknowledge/);
    assert.ok(!text.includes('\uFFFD'));
  });

  it('Matrix: nobody is called', async () => {
    const body = JSON.parse((await sent('matrix', '!room:example.org')).body);
    assert.deepEqual(body['m.mentions'], {});
    assert.doesNotMatch(body.formatted_body, /<Hangup|<!channel/);
  });

  it('Telegram and ntfy: within what they take', async () => {
    assert.ok((json((await sent('telegram', '123456789')).body)['text']?.length ?? 0) <= 4096);
    assert.ok((json((await sent('ntfy', `${provider.url}/topic`)).body)['message']?.length ?? 0) <= 1000);
  });

  for (const [channel, address, body] of [
    ['slack', 'C024BE91L', '{"error":"channel_not_found","ok":false}'],
    ['slack', 'C024BE91L', '<html>sign in to the hotel network</html>'],
    ['telegram', '123456789', '{"ok":false,"description":"chat not found"}'],
    ['telegram', '123456789', ''],
    ['sms', '+4930123456', '<html>sign in to the hotel network</html>'],
    ['voice', '+4930123456', '{}'],
  ] as const)
    it(`${channel}: an answer of 200 that says ${body.slice(0, 12) || 'nothing'} is no success`, async () => {
      provider.answer(() => ({ status: 200, body }));
      assert.equal((await sent(channel, address)).how.ok, false);
    });

  it('a redirect is no success', async () => {
    provider.answer(() => ({ status: 302, headers: { location: `${provider.url}/elsewhere` } }));
    assert.equal((await sent('webhook', `${provider.url}/x`)).how.ok, false);
  });
});
