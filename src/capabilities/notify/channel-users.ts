import type { Ref } from '#kernel/contract.ts';
import type { Read, Write } from '#kernel/desk.ts';

type Asked = Pick<Read | Write, 'db' | 'actor'>;
type Users = (ctx: Asked, channelId: string) => Promise<readonly Ref[]>;

const registered: Users[] = [];

/** Called once at load by a capability that tells channels: which of its records name this one. A channel that is used is not retired. */
export function registerChannelUsers(users: Users): void {
  registered.push(users);
}

/** Why a channel cannot be retired, or nothing. */
export async function refuseUsed(ctx: Asked, channelId: string): Promise<string | undefined> {
  const [first] = (await Promise.all(registered.map((users) => users(ctx, channelId)))).flat();
  return first && `${first.title} still tells this channel. Take it out of there first.`;
}
