import type { Write } from '#kernel/desk.ts';
import type { ChannelName } from './contract.ts';
import { queueNotifications } from './outbox.ts';

/** Somebody outside of the house, as they are reached now. The address is known only while a message is sent. */
export interface Outsider {
  readonly channel: ChannelName;
  readonly address: string;
  /** Where the message leads. */
  readonly link: string;
  /** Said below the text. */
  readonly after: string;
  /** Ends what they get with one request (RFC 8058); null where there is nothing to end yet. */
  readonly leaveLink: string | null;
}

export type OutsiderSource = (ctx: Write, contacts: readonly string[]) => Promise<ReadonlyMap<string, Outsider>>;

const sources = new Map<string, OutsiderSource>();

/** Lets a capability send to addresses of its own; contacts are called `NAME:…`. Called when its `index.ts` is loaded. */
export function registerOutsiders(name: string, source: OutsiderSource): void {
  sources.set(name, source);
}

/** Who stands behind these contacts; those that left are not among them. */
export async function outsidersOf(ctx: Write, contacts: readonly string[]): Promise<ReadonlyMap<string, Outsider>> {
  const found = new Map<string, Outsider>();
  for (const [name, some] of Map.groupBy(contacts, (contact) => contact.split(':')[0] ?? '')) {
    for (const [contact, outsider] of (await sources.get(name)?.(ctx, some)) ?? []) found.set(contact, outsider);
  }
  return found;
}

export interface OutsideMessage {
  readonly about: string;
  readonly title: string;
  readonly text: string;
  /** The address only says which host must not be hurried; it is not stored. */
  readonly to: readonly { readonly contact: string; readonly channel: ChannelName; readonly address: string }[];
}

/** Tells outsiders, each at most once, in the caller's transaction. Answers how many. */
export async function tellOutsiders(ctx: Write, { about, title, text, to }: OutsideMessage): Promise<number> {
  const queued = to.map(({ contact, channel, address }) => ({
    pageId: null,
    personId: null,
    about,
    purpose: 'outside' as const,
    way: { id: contact, channel, address },
    dueAt: ctx.now,
    title,
    text,
  }));
  return (await queueNotifications(ctx, queued)).length;
}
