import type { ChannelName } from '../contract.ts';
import { browser } from './browser.ts';
import type { Channel } from './channel.ts';
import { email } from './email.ts';
import { gotify } from './gotify.ts';
import { matrix } from './matrix.ts';
import { ntfy } from './ntfy.ts';
import { push } from './push.ts';
import { discord, mattermost, rocketchat, teams } from './rooms.ts';
import { slack } from './slack.ts';
import { sms } from './sms.ts';
import { telegram } from './telegram.ts';
import { voice } from './voice.ts';
import { webhook } from './webhook.ts';

export type { Channel, Message, Sent } from './channel.ts';
export { closeMail, MAIL_CONNECTIONS } from './email.ts';

/** Every channel by its name. Delete a file and its line here and in the contract, and the channel is gone. */
export const channels: Readonly<Record<ChannelName, Channel>> = {
  email,
  browser,
  push,
  sms,
  voice,
  slack,
  teams,
  mattermost,
  rocketchat,
  discord,
  telegram,
  matrix,
  ntfy,
  gotify,
  webhook,
};

/** What shares the fate of a provider: a host that hangs holds up no other. */
export function laneOf(channel: ChannelName, address: string): string {
  return URL.canParse(address) && new URL(address).host ? `${channel} ${new URL(address).host}` : channel;
}
