import { peopleByIds } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { laneOf } from './channels/index.ts';
import type { ChannelName } from './contract.ts';
import { PRIORITY } from './rules/index.ts';
import * as store from './store/index.ts';
import { waysOf, type Way } from './ways.ts';

/** Rows of one statement: PostgreSQL takes 65,535 values. */
export const AT_ONCE = 1000;

interface Queued {
  readonly pageId: string | null;
  readonly personId: string | null;
  readonly about: string | null;
  readonly purpose: store.Purpose;
  readonly way: Pick<Way, 'id' | 'channel' | 'address'>;
  readonly dueAt: number;
  readonly title: string;
  readonly text: string;
  readonly priority?: number;
  /** Of several messages on one topic that wait for a contact only the newest is sent. */
  readonly topic?: string;
}

/** Notifications in the outbox and the jobs that send them, all in the caller's transaction. */
export async function queueNotifications(ctx: Write, all: readonly Queued[]): Promise<readonly string[]> {
  if (all.length === 0) return [];
  const rows = all.map((what) => rowOf(ctx, what));
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await store
      .tables(ctx.db)
      .insertInto('notifyNotification')
      .values(rows.slice(from, from + AT_ONCE))
      .execute();
  const instants = new Set(all.map((what) => what.dueAt));
  for (const runAt of instants) await ctx.enqueue('notify.deliver', {}, { runAt, attempts: 25 });
  return rows.map((row) => row.id);
}

function rowOf(ctx: { now: number; desk: Desk }, what: Queued): store.NotificationRow {
  return {
    id: uuidv7(ctx.now),
    pageId: what.pageId,
    personId: what.personId,
    aboutId: what.about,
    purpose: what.purpose,
    contact: what.way.id,
    channel: what.way.channel,
    state: 'pending',
    attempt: 0,
    dueAt: iso(what.dueAt),
    claimedUntil: null,
    settledAt: null,
    tookMs: null,
    result: '',
    title: what.title,
    text: what.text,
    createdAt: iso(ctx.now),
    // Many messages to outsiders take no room from those to people.
    lane: `${what.purpose === 'outside' ? 'outside ' : ''}${laneOf(what.way.channel, what.way.address)}`,
    priority: what.priority ?? PRIORITY[what.purpose],
    notBefore: null,
    bundleId: null,
    triedAt: null,
    brokenOff: 0,
    providerRef: null,
    receipt: null,
    receiptOrder: 0,
    topic: what.topic ?? null,
  };
}

interface Told {
  readonly personId: string;
  readonly about: string | null;
  readonly title: string;
  readonly text: string;
  /** Of several on one topic that wait for a contact only the newest is sent. */
  readonly topic?: string;
}

/** Tells somebody something that needs no answer, once, on mail (and open browsers). */
export async function tell(ctx: Write, what: Told): Promise<void> {
  await tellBy(ctx, what, (way) => way.id === 'email' || way.id === 'browser');
}

/** The same on every verified contact but the one that failed, so that it arrives. */
export async function tellElsewhere(ctx: Write, what: Omit<Told, 'about'> & { except: string }): Promise<void> {
  const { except, ...told } = what;
  await tellBy(ctx, { ...told, about: null, topic: `failed ${except}` }, (way) => way.id !== except && (way.verified || way.id === 'email' || way.id === 'browser'));
}

async function tellBy(ctx: Write, what: Told, fits: (way: Way) => boolean): Promise<void> {
  const people = await peopleByIds(ctx.db, [what.personId]);
  const person = (await waysOf(ctx, people)).get(what.personId);
  const ways = (person?.ways ?? []).filter((one) => fits(one) && one.trouble === null);
  await queueNotifications(
    ctx,
    ways.map((way) => ({ ...what, pageId: null, purpose: 'notice' as const, way, dueAt: ctx.now })),
  );
}

export interface Post {
  /** Ids of channel records; retired ones are left out. */
  readonly channelIds: readonly string[];
  readonly about: string;
  readonly title: string;
  readonly text: string;
  readonly why: string;
}

/** Tells channels that several people read, one message each, in the caller's transaction. Answers how many can be told. */
export async function postToChannels(ctx: Write, post: Post): Promise<number> {
  const found = (await store.sharedChannelsByIds(ctx.db, SYSTEM, post.channelIds)).filter((row) => row.archivedAt === null);
  const text = [post.text, post.why].filter(Boolean).join('\n');
  const queued = found.map((row) => ({
    pageId: null,
    personId: null,
    about: post.about,
    purpose: 'post' as const,
    way: sharedWay(ctx.desk, row),
    dueAt: ctx.now,
    title: post.title,
    text,
  }));
  return (await queueNotifications(ctx, queued)).length;
}

export function sharedWay(desk: Desk, row: { id: string; channel: ChannelName; name: string; address: string }) {
  return { id: row.id, channel: row.channel, label: row.name, address: desk.vault.decrypt(row.address) };
}

/** What was to be told in one message with something that is over is told by itself. */
export async function freeBundled(ctx: Write, parents: readonly string[]): Promise<void> {
  if (parents.length === 0) return;
  const freed = await store
    .tables(ctx.db)
    .updateTable('notifyNotification')
    .set({ state: 'pending', bundleId: null })
    .where('bundleId', 'in', [...parents])
    .where('state', '=', 'bundled')
    .executeTakeFirst();
  if (freed.numUpdatedRows > 0n) await ctx.enqueue('notify.deliver', {}, { attempts: 25 });
}
