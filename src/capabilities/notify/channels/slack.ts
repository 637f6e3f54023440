import type { Desk } from '#kernel/desk.ts';
import { providersOf } from '../providers.ts';
import { clip, failure, lines, ofAnswer, sendJson, type Channel, type Message, type Sent } from './channel.ts';
import { refuseUrl } from './webhook.ts';

const isRoom = (address: string) => /^[CDGU][A-Z0-9]{6,}$/.test(address);

/** Slack: an incoming webhook, or the id of a channel or a person where the desk has a bot token (`chat.postMessage`). */
export const slack: Channel = {
  word: 'Slack',
  refuseAddress: (address) => (isRoom(address) ? undefined : refuseUrl(address) && 'Write the address of an incoming webhook, or the id of a channel such as C024BE91L.'),
  shown: (address) => (isRoom(address) ? address : new URL(address).origin),
  trouble: () => null,
  async send(desk, message, address) {
    try {
      return isRoom(address) ? await byBot(desk, message, address) : ofAnswer(await sendJson(desk, { url: address, body: bodyOf(message) }), new URL(address).host);
    } catch (error) {
      return failure(error);
    }
  },
};

async function byBot(desk: Desk, message: Message, channel: string): Promise<Sent> {
  const account = providersOf(desk).slack;
  if (!account) return { ok: false, permanent: true, result: 'The desk has no bot token of Slack (settings, providers).' };
  const answer = await sendJson(desk, {
    url: `${account.baseUrl}/chat.postMessage`,
    origin: 'trusted',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${account.token}` },
    body: { channel, ...bodyOf(message) },
  });
  if (answer.status !== 200 || /"ok"\s*:\s*true/.test(answer.body)) return ofAnswer(answer, 'Slack');
  const refused = /"error"\s*:\s*"([^"]*)"/.exec(answer.body)?.[1];
  if (refused === undefined) return { ok: false, permanent: false, result: 'Slack answered 200 with something that is no answer of Slack.' };
  return { ok: false, permanent: !['ratelimited', 'internal_error', 'service_unavailable', 'request_timeout'].includes(refused), result: `Slack refused it: ${refused}.` };
}

/** `text` is what a notification shows, and servers that read no blocks; the blocks are what Slack shows; `&`, `<` and `>` are the only characters to escape. */
function bodyOf(message: Message) {
  const e = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const title = message.link ? `<${message.link}|${e(clip(message.title, 400))}>` : e(clip(message.title, 400));
  const text = clip(lines(`*${title}*`, e(message.text), message.why && `_${e(message.why)}_`), 2900);
  const button = (label: string, url: string, style?: 'primary') => ({ type: 'button', text: { type: 'plain_text', text: label }, url, ...(style && { style }) });
  const elements = [...(message.ackLink ? [button('Acknowledge', message.ackLink, 'primary')] : []), ...(message.link ? [button('Open', message.link)] : [])];
  return {
    text: lines(text, message.ackLink && `<${message.ackLink}|Acknowledge>`),
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }, ...(elements.length > 0 ? [{ type: 'actions', elements }] : [])],
  };
}
