import { failure, lines, ofAnswer, sendJson, type Channel } from './channel.ts';
import { refuseUrl } from './webhook.ts';

/** An application of a Gotify server: `https://gotify.example.com/message?token=…`, priority 10 for pages. */
export const gotify: Channel = {
  word: 'Gotify',
  refuseAddress: (address) =>
    refuseUrl(address) ??
    (new URL(address).searchParams.get('token') ? undefined : 'Write server and token of the application, such as https://gotify.example.com/message?token=A1b2.'),
  shown: (address) => new URL(address).origin,
  trouble: () => null,
  async send(desk, message, address) {
    const url = new URL(address);
    const token = url.searchParams.get('token') ?? '';
    const click = message.ackLink ?? message.link;
    try {
      const answer = await sendJson(desk, {
        url: `${url.origin}${url.pathname.replace(/\/(?:message)?$/, '')}/message`,
        headers: { 'x-gotify-key': token },
        body: {
          title: message.title,
          message: lines(message.text, message.why, message.ackLink && `Acknowledge: ${message.ackLink}`) || message.title,
          priority: message.purpose === 'page' && message.urgency === 'high' ? 10 : 5,
          ...(click && { extras: { 'client::notification': { click: { url: click } } } }),
        },
      });
      return ofAnswer(answer, url.host);
    } catch (error) {
      return failure(error);
    }
  },
};
