import type { Desk } from '#kernel/desk.ts';
import { clip, failure, lines, ofAnswer, sendJson, type Channel, type Message, type Sent } from './channel.ts';
import { refuseUrl } from './webhook.ts';

/** A chat that takes a message by an address of its own; nothing of the address but its server is shown. */
function room(word: string, bodyOf: (message: Message) => unknown, read: (desk: Desk, url: string, body: unknown) => Promise<Sent> = post): Channel {
  return {
    word,
    refuseAddress: refuseUrl,
    shown: (address) => new URL(address).origin,
    trouble: () => null,
    send: (desk, message, address) => read(desk, address, bodyOf(message)).catch(failure),
  };
}

async function post(desk: Desk, url: string, body: unknown): Promise<Sent> {
  return ofAnswer(await sendJson(desk, { url, body }), new URL(url).host);
}

/** As it is written, and nobody is called by what a sender wrote: an invisible space behind `@` makes it no mention. */
const markdown = (text: string) => text.replaceAll(/[\\`*_{}[\]<>()#+|~]/g, (c) => `\\${c}`).replaceAll('@', '@\u200B');
const linked = (label: string, url: string | null) => url && `[${label}](${url})`;

/** Markdown, as Mattermost, Rocket.Chat and Discord read it. However long the rest is: the way to answer is there. */
function textOf(message: Message, most: number): string {
  const links = [linked('Acknowledge', message.ackLink), linked('Open', message.link)].filter(Boolean).join(' · ');
  const what = lines(`**${markdown(clip(message.title, 400))}**`, markdown(message.text), message.why && `Why: ${markdown(message.why)}`);
  return lines(clip(what, most - links.length - 1), links);
}

/** Mattermost, incoming webhook: `text` in Markdown, `username` where the server allows it. */
export const mattermost = room('Mattermost', (message) => ({ username: 'Quarterdeck', text: textOf(message, 16_000) }));

/** Rocket.Chat, incoming webhook: `text` in Markdown, `alias` as the sender. */
export const rocketchat = room('Rocket.Chat', (message) => ({ alias: 'Quarterdeck', text: textOf(message, 5000) }));

/** Discord, execute webhook: at most 2000 characters, no mention by what a sender wrote; 429 says in its body how long to wait. */
export const discord = room(
  'Discord',
  (message) => ({ username: 'Quarterdeck', content: textOf(message, 1990), allowed_mentions: { parse: [] } }),
  async (desk, url, body) => {
    const answer = await sendJson(desk, { url, body });
    const sent = ofAnswer(answer, new URL(url).host);
    const wait = Number(/"retry_after"\s*:\s*([\d.]+)/.exec(answer.body)?.[1]);
    return sent.ok || answer.status !== 429 || Number.isNaN(wait) ? sent : { ...sent, waitMs: Math.ceil(wait * 1000) };
  },
);

/** Microsoft Teams, a workflow "when a webhook request is received": an Adaptive Card in a message, answered by 202. A TextBlock would read Markdown, a TextRun reads none. */
export const teams = room('Microsoft Teams', (message) => {
  const block = (text: string, more: object) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: clip(text, 1500), ...more }] });
  const open = (title: string, url: string) => ({ type: 'Action.OpenUrl', title, url });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            block(message.title, { weight: 'Bolder', size: 'Medium' }),
            ...message.text
              .split('\n')
              .filter(Boolean)
              .slice(0, 12)
              .map((line) => block(line, {})),
            ...(message.why ? [block(message.why, { isSubtle: true })] : []),
          ],
          actions: [...(message.ackLink ? [open('Acknowledge', message.ackLink)] : []), ...(message.link ? [open('Open', message.link)] : [])],
        },
      },
    ],
  };
});
