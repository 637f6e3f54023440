import type { Desk } from '#kernel/desk.ts';
import { providersOf } from '../providers.ts';
import { failure, ofAnswer, type Channel, type Sent } from './channel.ts';

const MISSING = 'SMS and calls are not set up on this desk (settings, providers).';
/** Codes of Twilio that no repetition mends: not a number, not reachable, unsubscribed. */
const FOR_GOOD = new Set([21211, 21214, 21217, 21408, 21610, 21612, 21614]);

/** What SMS and calls share: numbers, the account, and what an answer of Twilio means. */
export const phone: Pick<Channel, 'refuseAddress' | 'shown' | 'trouble'> = {
  refuseAddress: (address) => (/^\+[1-9]\d{6,14}$/.test(address) ? undefined : 'Write the number with its country, such as +4930123456.'),
  shown: (address) => `${address.slice(0, 3)} … ${address.slice(-3)}`,
  trouble: (desk) => (providersOf(desk).twilio ? null : MISSING),
};

export async function askTwilio(desk: Desk, what: 'Messages' | 'Calls', fields: readonly (readonly [string, string])[]): Promise<Sent> {
  const account = providersOf(desk).twilio;
  if (!account) return { ok: false, permanent: true, result: MISSING };
  try {
    const answer = await desk.outgoing.request({
      url: `${account.baseUrl}/2010-04-01/Accounts/${account.account}/${what}.json`,
      origin: 'trusted',
      method: 'POST',
      timeoutMs: 10_000,
      keep: 4000,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${account.account}:${account.token}`).toString('base64')}`,
      },
      body: new URLSearchParams([['From', account.from], ...fields.map(([name, value]): [string, string] => [name, value])]).toString(),
    });
    const said = readAnswer(answer.body);
    const isTaken = answer.status >= 200 && answer.status < 300;
    if (isTaken && said.sid !== undefined) return { ok: true, result: `Twilio accepted it (${said.status ?? answer.status}).`, ref: said.sid };
    if (isTaken) return { ok: false, permanent: false, result: `What answered ${answer.status} in the place of Twilio took no message.` };
    const refused = ofAnswer({ ...answer, body: said.message ?? answer.body }, 'Twilio');
    return refused.ok || !FOR_GOOD.has(said.code ?? 0) ? refused : { ...refused, permanent: true };
  } catch (error) {
    return failure(error);
  }
}

function readAnswer(body: string): { readonly sid?: string; readonly status?: string; readonly code?: number; readonly message?: string } {
  try {
    const read: unknown = JSON.parse(body);
    if (typeof read !== 'object' || read === null) return {};
    const text = (name: string) => (name in read ? Reflect.get(read, name) : undefined);
    const [sid, status, code, message] = ['sid', 'status', 'code', 'message'].map(text);
    return {
      ...(typeof sid === 'string' && { sid }),
      ...(typeof status === 'string' && { status }),
      ...(typeof code === 'number' && { code }),
      ...(typeof message === 'string' && { message }),
    };
  } catch {
    return {};
  }
}
