import type { Desk } from '#kernel/desk.ts';
import { hasPublicAddress } from '../providers.ts';
import { clip, type Channel, type Message } from './channel.ts';
import { askTwilio, phone } from './twilio.ts';

/** Calls through Twilio's API (docs, Programmable Voice, "Create a Call" and TwiML `<Gather>`): read out, answered by keys. */
export const voice: Channel = {
  word: 'Call',
  ...phone,
  send(desk, message, address) {
    const status = `${desk.config.publicUrl}/hooks/twilio/status/${message.id}`;
    const callbacks = ['initiated', 'ringing', 'answered', 'completed'].map((event) => ['StatusCallbackEvent', event] as const);
    const back = hasPublicAddress(desk) ? [['StatusCallback', status] as const, ...callbacks] : [];
    return askTwilio(desk, 'Calls', [['To', address], ['Timeout', '40'], ['Twiml', spoken(desk, message)], ...back]);
  },
};

/** What is read out, twice; the keys work while it is read. Without a public address nothing can come back, so no key is offered. */
function spoken(desk: Desk, message: Message): string {
  const say = (text: string) => `<Say>${escapeXml(text)}</Say>`;
  const what = say(clip(speakable(`Quarterdeck. ${message.title}. ${message.text}`), 600));
  if (message.token === null || !hasPublicAddress(desk)) return `<Response>${what}<Pause length="1"/>${what}</Response>`;
  const keys = say('To acknowledge, press 4. To escalate, press 5. To resolve, press 6.');
  const action = escapeXml(`${desk.config.publicUrl}/hooks/twilio/keys/${message.token}`);
  return `<Response><Gather numDigits="1" timeout="10" action="${action}">${what}${keys}<Pause length="1"/>${what}${keys}</Gather>${say('No key was pressed. Goodbye.')}</Response>`;
}

/** Signs that nobody can speak are left out: TwiML of more than 4,000 characters is refused, and so is what XML cannot hold. */
function speakable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("'", '\u2019')
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{Sc}+=°% ]|[<>&"]/gu, ' ')
    .replaceAll(/ +/g, ' ');
}

export function escapeXml(text: string): string {
  return text.replaceAll(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
