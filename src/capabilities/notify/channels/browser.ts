import type { Channel } from './channel.ts';

/** The desk's own notification in any browser in which the person is signed in: the log entry itself is the message. */
export const browser: Channel = {
  word: 'This desk',
  refuseAddress: () => 'The browser is always there and needs no address.',
  shown: () => 'any browser in which you are signed in',
  trouble: () => null,
  async send() {
    return { ok: true, result: 'Sent to open browsers; whether one was open is not known.' };
  },
};
