import { hasPublicAddress } from '../providers.ts';
import { clip, lines, type Channel, type Message } from './channel.ts';
import { askTwilio, phone } from './twilio.ts';

/** Text messages through Twilio's API (docs, Programmable Messaging, "Create a Message"), answered by short codes. */
export const sms: Channel = {
  word: 'SMS',
  ...phone,
  send(desk, message, address) {
    const callback = hasPublicAddress(desk) ? [['StatusCallback', `${desk.config.publicUrl}/hooks/twilio/status/${message.id}`] as const] : [];
    return askTwilio(desk, 'Messages', [['To', address], ['Body', textOf(message, hasPublicAddress(desk))], ...callback]);
  },
};

/** Two parts of a text at most, so that it is read in the night: what, why, how to answer. */
function textOf(message: Message, answered: boolean): string {
  const number = message.record ? `${message.record.number}: ` : '';
  const ways = message.code !== null && answered ? `Reply ${message.code}a to acknowledge, ${message.code}e to escalate, ${message.code}r to resolve.` : null;
  return lines(clip(`${number}${message.title}`, 180), clip(message.text, 140), message.why && clip(`Why you: ${message.why}`, 120), ways, !ways && message.ackLink);
}
