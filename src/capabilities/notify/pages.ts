import { peopleByIds } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { channels } from './channels/index.ts';
import type { Urgency } from './contract.ts';
import { AT_ONCE, freeBundled, queueNotifications } from './outbox.ts';
import { priorityOfPage } from './rules/index.ts';
import * as store from './store/index.ts';
import { planFor, waysOf } from './ways.ts';

export interface PageOrder {
  readonly personId: string;
  /** Id of the record that the page is about. */
  readonly about: string;
  readonly title: string;
  readonly text: string;
  /** Why this person: shown wherever the page is shown. */
  readonly why: string;
  /** Which of the person's rules are used; high when nothing is said. */
  readonly urgency?: Urgency;
  /** Told beside whoever is on call; nobody waits for their answer. */
  readonly shadow?: boolean;
  /** Id of the service: pages of one service that must wait for a contact are told in one message. */
  readonly serviceId?: string | null;
}

/**
 * Begins to page people, in the transaction of whatever decided it: one page each, one pending notification per rule,
 * and the jobs that send them. A person who is being paged about the same record already is not paged twice.
 */
export async function beginPages(ctx: Write, orders: readonly PageOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const personIds = orders.map((order) => order.personId);
  const ways = await waysOf(ctx, await peopleByIds(ctx.db, personIds));
  const known = orders.filter((order) => ways.has(order.personId));
  if (known.length === 0) return;
  const before = await store.pagesBefore(ctx.db, { personIds, aboutIds: known.map((order) => order.about) });
  const again = before.filter((page) => page.endedAt === null && known.some((order) => order.personId === page.personId && order.about === page.aboutId));
  await endThese(
    ctx,
    again.map((page) => page.id),
    'paged again',
  );
  const pages = known.map((order) => ({ order, id: uuidv7(ctx.now) }));
  for (let from = 0; from < pages.length; from += AT_ONCE)
    await store
      .tables(ctx.db)
      .insertInto('notifyPage')
      .values(pages.slice(from, from + AT_ONCE).map((page) => rowOf(ctx.now, page)))
      .execute();
  await ctx.recordMany(
    pages.map(({ order, id }) => ({
      record: order.about,
      did: 'page.started',
      data: { person: order.personId, page: id, why: order.why, urgency: order.urgency ?? 'high', ...(order.shadow && { shadow: true }) },
    })),
  );
  const queued = pages.flatMap(({ order, id }) => {
    const person = ways.get(order.personId);
    const priority = priorityOfPage({ ...order, urgency: order.urgency ?? 'high' }, before);
    return (person ? planFor(person, order.urgency ?? 'high') : []).flatMap((rule) => {
      const way = person?.ways.find((one) => one.id === rule.contact);
      return way ? [{ ...order, pageId: id, purpose: 'page' as const, way, dueAt: ctx.now + rule.delayMinutes * 60_000, priority }] : [];
    });
  });
  await queueNotifications(ctx, queued);
}

function rowOf(now: number, { order, id }: { order: PageOrder; id: string }): store.PageRow {
  return {
    id,
    personId: order.personId,
    aboutId: order.about,
    title: order.title,
    text: order.text,
    why: order.why,
    startedAt: iso(now),
    endedAt: null,
    endedWhy: null,
    urgency: order.urgency ?? 'high',
    shadow: order.shadow ?? false,
    serviceId: order.serviceId ?? null,
  };
}

/** Ends every page about a record: what was not sent yet is not sent any more. Returns who was being paged. */
export async function endPages(ctx: Write, about: string, why: string): Promise<readonly string[]> {
  return endOpen(ctx, { about }, why);
}

/** Ends the page of one person about a record; the others are paged on. Answers whether there was one. */
export async function endPageOf(ctx: Write, about: string, personId: string, why: string): Promise<boolean> {
  return (await endOpen(ctx, { about, personId }, why)).length > 0;
}

async function endOpen(ctx: Write, of: { about: string; personId?: string }, why: string): Promise<readonly string[]> {
  let from = store.tables(ctx.db).selectFrom('notifyPage').select(['id', 'personId']).where('aboutId', '=', of.about).where('endedAt', 'is', null);
  if (of.personId !== undefined) from = from.where('personId', '=', of.personId);
  const open = await from.execute();
  await endThese(
    ctx,
    open.map((page) => page.id),
    why,
  );
  return open.map((page) => page.personId);
}

async function endThese(ctx: Write, pageIds: readonly string[], why: string): Promise<void> {
  if (pageIds.length === 0) return;
  const { db, now } = ctx;
  await store
    .tables(db)
    .updateTable('notifyPage')
    .set({ endedAt: iso(now), endedWhy: why })
    .where('id', 'in', [...pageIds])
    .execute();
  const gone = await store
    .tables(db)
    .updateTable('notifyNotification')
    .set({ state: 'cancelled', settledAt: iso(now), result: why })
    .where('pageId', 'in', [...pageIds])
    .where('state', 'in', ['pending', 'bundled'])
    .returning('id')
    .execute();
  await freeBundled(
    ctx,
    gone.map((row) => row.id),
  );
  await store
    .tables(db)
    .deleteFrom('notifyCode')
    .where('pageId', 'in', [...pageIds])
    .execute();
}

/**
 * Whether any open page about a record has a notification that was sent or still will be. An open browser is not
 * known to be looked at, so it counts only on a desk that has no mail to send; a shadow answers for nobody.
 */
export async function somebodyIsReachable(ctx: { db: Db; desk: Desk }, about: string): Promise<boolean> {
  let from = store
    .tables(ctx.db)
    .selectFrom('notifyNotification')
    .innerJoin('notifyPage', 'notifyPage.id', 'notifyNotification.pageId')
    .select('notifyNotification.id')
    .where('notifyPage.aboutId', '=', about)
    .where('notifyPage.endedAt', 'is', null)
    .where('notifyPage.shadow', '=', false)
    .where('notifyNotification.state', 'in', ['pending', 'sending', 'sent', 'bundled']);
  if (channels.email.trouble(ctx.desk) === null) from = from.where('notifyNotification.channel', '!=', 'browser');
  return (await from.limit(1).executeTakeFirst()) !== undefined;
}

/** The pages about a record, oldest first: who was paged, why, and how it ended. */
export function pagesAbout(db: Db, about: string) {
  return store
    .tables(db)
    .selectFrom('notifyPage')
    .select(['id', 'personId', 'why', 'startedAt', 'endedAt', 'endedWhy', 'urgency', 'shadow'])
    .where('aboutId', '=', about)
    .orderBy('startedAt')
    .orderBy('id')
    .limit(200)
    .execute();
}

/** Open pages of one person, oldest first: what waits for their answer. */
export function openPagesOf(db: Db, personId: string) {
  return store
    .tables(db)
    .selectFrom('notifyPage')
    .select(['id', 'aboutId', 'why', 'startedAt', 'title', 'urgency', 'shadow'])
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .orderBy('startedAt')
    .orderBy('id')
    .limit(100)
    .execute();
}

/** What was sent for each page about a record, in words for the page's story. */
export async function notificationsOfPages(db: Db, about: string) {
  const rows = await store
    .tables(db)
    .selectFrom('notifyNotification')
    .innerJoin('notifyPage', 'notifyPage.id', 'notifyNotification.pageId')
    .select(['notifyPage.personId', 'channel', 'state', 'result', 'notifyPage.startedAt as pageStartedAt', 'settledAt'])
    .where('notifyPage.aboutId', '=', about)
    .where('state', '!=', 'cancelled')
    .orderBy('dueAt')
    .limit(200)
    .execute();
  return rows.map((row) => ({ ...row, word: channels[row.channel].word }));
}
