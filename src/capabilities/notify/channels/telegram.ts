import type { Desk } from '#kernel/desk.ts';
import { hasPublicAddress, providersOf } from '../providers.ts';
import { clip, failure, lines, ofAnswer, sendJson, type Channel, type Message, type Sent } from './channel.ts';

const MISSING = 'The desk has no Telegram bot (settings, providers).';

/** A bot of Telegram (Bot API). Its buttons come back by getUpdates, so they need no public address. */
export const telegram: Channel = {
  word: 'Telegram',
  refuseAddress: (address) => (/^-?\d{4,16}$/.test(address) ? undefined : 'Write the id of the chat, a number. The bot tells it to whoever writes /start to it.'),
  shown: (address) => `chat …${address.slice(-3)}`,
  trouble: (desk) => (providersOf(desk).telegram ? null : MISSING),
  async send(desk, message, address) {
    try {
      return await callBot(desk, 'sendMessage', {
        chat_id: address,
        text: clip(textOf(message), 4000),
        link_preview_options: { is_disabled: true },
        ...keyboardOf(desk, message),
      });
    } catch (error) {
      return failure(error);
    }
  },
};

function textOf(message: Message): string {
  return lines(message.title, message.text, message.why && `Why you: ${message.why}`, message.link);
}

/** A button may carry 64 bytes: a letter for the deed and the secret of the link. Telegram takes no loopback address as a link. */
function keyboardOf(desk: Desk, message: Message): object {
  const deed = (text: string, letter: string) => ({ text, callback_data: `${letter}${message.token}` });
  const asked = message.token === null ? [] : [[deed('Acknowledge', 'a'), deed('Escalate', 'e'), deed('Resolve', 'r')]];
  const open = message.link && hasPublicAddress(desk) ? [[{ text: 'Open', url: message.link }]] : [];
  return asked.length + open.length === 0 ? {} : { reply_markup: { inline_keyboard: [...asked, ...open] } };
}

/** One call of the Bot API; what it refuses says why, and how long to wait. */
export async function callBot(desk: Desk, method: string, body: object): Promise<Sent> {
  const account = providersOf(desk).telegram;
  if (!account) return { ok: false, permanent: true, result: MISSING };
  const answer = await sendJson(desk, { url: `${account.baseUrl}/bot${account.token}/${method}`, origin: 'trusted', body });
  const said = /"description"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(answer.body)?.[1];
  const wait = Number(/"retry_after"\s*:\s*(\d+)/.exec(answer.body)?.[1]);
  const ref = /"message_id"\s*:\s*(\d+)/.exec(answer.body)?.[1];
  const sent = ofAnswer({ ...answer, body: said ?? '' }, 'Telegram');
  if (sent.ok && !/"ok"\s*:\s*true/.test(answer.body)) return { ok: false, permanent: false, result: `Telegram refused it: ${said ?? 'it answered 200 with something else'}.` };
  if (sent.ok) return { ...sent, ...(ref !== undefined && { ref }) };
  return Number.isNaN(wait) ? sent : { ...sent, waitMs: wait * 1000 };
}
