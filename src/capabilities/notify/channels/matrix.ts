import { providersOf } from '../providers.ts';
import { clip, failure, lines, ofAnswer, sendJson, type Channel, type Message } from './channel.ts';

/** A room of Matrix (Client-Server API v3). The transaction id is the notification's, so that a repeated attempt shows once. */
export const matrix: Channel = {
  word: 'Matrix',
  refuseAddress: (address) => (/^![^\s:]+(:\S+)?$/.test(address) ? undefined : 'Write the internal id of the room, such as !abc123:example.org.'),
  shown: (address) => `${address.slice(0, 5)}…${address.includes(':') ? address.slice(address.indexOf(':')) : ''}`,
  trouble: (desk) => (providersOf(desk).matrix ? null : 'The desk has no account of Matrix (settings, providers).'),
  async send(desk, message, address) {
    const account = providersOf(desk).matrix;
    if (!account) return { ok: false, permanent: true, result: 'The desk has no account of Matrix (settings, providers).' };
    const url = `${account.baseUrl}/_matrix/client/v3/rooms/${encodeURIComponent(address)}/send/m.room.message/${message.id}`;
    try {
      const answer = await sendJson(desk, { url, origin: 'trusted', method: 'PUT', headers: { authorization: `Bearer ${account.token}` }, body: bodyOf(message) });
      const ref = /"event_id"\s*:\s*"([^"]+)"/.exec(answer.body)?.[1];
      const sent = ofAnswer(answer, 'Matrix');
      if (sent.ok) return { ...sent, ...(ref !== undefined && { ref }) };
      const wait = Number(/"retry_after_ms"\s*:\s*(\d+)/.exec(answer.body)?.[1]);
      return sent.waitMs !== undefined || Number.isNaN(wait) ? sent : { ...sent, waitMs: wait };
    } catch (error) {
      return failure(error);
    }
  },
};

function bodyOf(message: Message) {
  const e = (text: string) => text.replaceAll(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`).replaceAll('\n', '<br>');
  const how = message.token === null ? '' : 'Reply or react: ack (👍), escalate (⏫), resolve (✅).';
  const links = lines(message.ackLink && `<a href="${e(message.ackLink)}">Acknowledge</a>`, message.link && `<a href="${e(message.link)}">Open</a>`).replaceAll('\n', ' · ');
  return {
    msgtype: 'm.text',
    // Nobody in the room is called by what a sender wrote.
    'm.mentions': {},
    body: lines(message.title, clip(message.text, 8000), message.why && `Why you: ${message.why}`, how, message.link),
    format: 'org.matrix.custom.html',
    formatted_body: [`<b>${e(message.title)}</b>`, e(clip(message.text, 8000)), message.why && `<i>${e(message.why)}</i>`, e(how), links].filter(Boolean).join('<br>'),
  };
}
