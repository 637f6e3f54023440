import { failure, ofAnswer, type Channel } from './channel.ts';
import { refuseUrl } from './webhook.ts';

/** An incoming webhook in Slack's shape (`text` in mrkdwn); Mattermost, Rocket.Chat and Zulip accept the same. */
export const slack: Channel = {
  word: 'Chat webhook',
  refuseAddress: refuseUrl,
  shown: (address) => new URL(address).origin,
  trouble: () => null,
  async send(desk, message, address) {
    const e = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const title = message.link ? `<${message.link}|${e(message.title)}>` : e(message.title);
    const lines = [`*${title}*`, e(message.text), message.why && `_${e(message.why)}_`, message.ackLink && `<${message.ackLink}|Acknowledge>`];
    try {
      const answer = await desk.outgoing.request({
        url: address,
        origin: 'typed',
        method: 'POST',
        timeoutMs: 10_000,
        keep: 500,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: lines.filter(Boolean).join('\n') }),
      });
      return ofAnswer(answer, new URL(address).host);
    } catch (error) {
      return failure(error);
    }
  },
};
