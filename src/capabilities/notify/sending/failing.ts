import { peopleByIds } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { freeBundled, queueNotifications, tellElsewhere } from '../outbox.ts';
import { afterFailure, LONGEST_WAIT_MS } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { NO_REACH, planFor, waysOf, type Reach } from '../ways.ts';
import type { Claimed } from './claim.ts';
import { toldOf } from './told.ts';

interface Failed {
  readonly permanent: boolean;
  readonly result: string;
  readonly waitMs?: number;
  readonly tookMs: number;
}

const REFUSED = { page: 'page.refused', notice: 'notice.refused', post: 'post.refused' } as const;

/** What follows when a contact could not be told: the next one at once, this one again, or nobody is left. */
export async function afterFailed(ctx: Write, claimed: Pick<Claimed, 'row' | 'way'>, failed: Failed): Promise<void> {
  const { row, way } = claimed;
  const held = await store.lockNotification(ctx.db, row.id);
  if (held?.state !== 'sending' || held.attempt !== row.attempt) return;
  if (row.purpose === 'test') return failedTest(ctx, claimed, failed);
  if (row.purpose !== 'outside')
    await ctx.record({ record: row.aboutId, did: REFUSED[row.purpose], data: { ...toldOf(row, way), permanent: failed.permanent, attempt: row.attempt } });
  // What waits for the same provider goes on when its rest is over.
  if (failed.waitMs !== undefined) await ctx.enqueue('notify.deliver', {}, { runAt: ctx.now + Math.min(failed.waitMs, LONGEST_WAIT_MS), attempts: 25 });
  const reach = await reachOf(ctx, row.personId);
  const next = await decide(ctx, row, { failed, reach });
  if (next.kind === 'again') {
    await retry(ctx, row, { inMs: next.inMs, result: failed.result });
    if (next.beside !== undefined) await useContact(ctx, row, { contact: next.beside, reach });
    return;
  }
  await store.settleRow(ctx.db, row.id, { state: 'failed', result: failed.result, settledAt: iso(ctx.now), tookMs: failed.tookMs });
  await freeBundled(ctx, [row.id]);
  if (row.purpose !== 'post' && (failed.permanent || next.kind !== 'over')) await markFailed(ctx, claimed, failed.result);
  if (row.purpose !== 'page') return;
  if (next.kind === 'next') await useContact(ctx, row, { contact: next.contact, reach });
  // With nothing else left than a browser the person counts as unreachable.
  if (next.kind === 'unreachable' || (next.kind === 'next' && next.contact === 'browser')) await unreachable(ctx, row);
}

/** A message that the provider had accepted and could not deliver: each page that it told goes to the next contact at once. */
export async function afterReceipt(ctx: Write, row: store.NotificationRow, result: string): Promise<void> {
  const reach = await reachOf(ctx, row.personId);
  for (const one of [row, ...(await store.toldWith(ctx.db, row.id))]) await notDelivered(ctx, one, { result, reach });
}

async function notDelivered(ctx: Write, row: store.NotificationRow, { result, reach }: { result: string; reach: Reach }): Promise<void> {
  const way = reach.ways.find((one) => one.id === row.contact);
  await store.settleRow(ctx.db, row.id, { state: 'failed', result, settledAt: iso(ctx.now) });
  if (!way || row.purpose === 'post' || row.purpose === 'outside') return;
  if (row.purpose === 'test') return ctx.record({ record: row.personId, did: 'contact.failed', data: toldOf(row, way) }).then(() => undefined);
  await ctx.record({ record: row.aboutId, did: REFUSED[row.purpose], data: { ...toldOf(row, way), permanent: true, attempt: row.attempt } });
  // A phone that was busy or did not answer is well; one that cannot be reached is marked.
  if (row.channel === 'sms') await markFailed(ctx, { row, way }, result);
  if (row.purpose !== 'page') return;
  const next = await decide(ctx, row, { failed: { permanent: true, result, tookMs: row.tookMs ?? 0 }, reach });
  if (next.kind === 'next') await useContact(ctx, row, { contact: next.contact, reach });
  else if (next.kind === 'unreachable') await unreachable(ctx, row);
}

/** The contact of a page is gone before the message left: the next one is used at once. */
export async function afterRemoved(ctx: Write, row: store.NotificationRow, reach: Reach): Promise<void> {
  const next = await decide(ctx, row, { failed: { permanent: true, result: '', tookMs: 0 }, reach });
  if (next.kind === 'next') await useContact(ctx, row, { contact: next.contact, reach });
  else if (next.kind === 'unreachable') await unreachable(ctx, row);
}

async function unreachable(ctx: Write, row: store.NotificationRow): Promise<void> {
  await ctx.record({ record: row.aboutId, did: 'page.unreachable', data: { person: row.personId, page: row.pageId } });
}

async function reachOf(ctx: Write, personId: string | null): Promise<Reach> {
  if (personId === null) return NO_REACH;
  return (await waysOf(ctx, await peopleByIds(ctx.db, [personId]))).get(personId) ?? NO_REACH;
}

async function decide(
  ctx: Write,
  row: store.NotificationRow,
  { failed, reach }: { failed: Failed; reach: Reach },
): Promise<ReturnType<typeof afterFailure> | { readonly kind: 'over' }> {
  const attempt = { attempt: row.attempt, permanent: failed.permanent, ...(failed.waitMs !== undefined && { waitMs: failed.waitMs }) };
  if (row.purpose !== 'page' || !row.pageId) return afterFailure(attempt, [], []);
  const page = await store.pageById(ctx.db, row.pageId);
  if (!page || page.endedAt) return { kind: 'over' };
  const plan = planFor(reach, page.urgency).map((rule) => rule.contact);
  const usable = [...new Set([...plan, ...reach.ways.filter((way) => way.trouble === null).map((way) => way.id)])];
  // Whether an open browser is looked at is not known, so it comes when nothing else is left.
  const order = usable.toSorted((a, b) => Number(a === 'browser') - Number(b === 'browser'));
  return afterFailure(attempt, await store.triedContacts(ctx.db, row.pageId), order);
}

async function retry(ctx: Write, row: store.NotificationRow, { inMs, result }: { inMs: number; result: string }): Promise<void> {
  const runAt = ctx.now + inMs;
  await store
    .tables(ctx.db)
    .updateTable('notifyNotification')
    .set({ state: 'pending', claimedUntil: null, result, notBefore: iso(runAt) })
    .where('id', '=', row.id)
    .execute();
  await ctx.enqueue('notify.deliver', {}, { runAt, attempts: 25 });
}

/** A contact at once: one that waits for its turn is brought forward, else a new notification is made. */
async function useContact(ctx: Write, row: store.NotificationRow, { contact, reach }: { contact: string; reach: Reach }): Promise<void> {
  const way = reach.ways.find((one) => one.id === contact);
  if (!way || !row.pageId) return;
  await store
    .tables(ctx.db)
    .updateTable('notifyNotification')
    .set({ state: 'cancelled', settledAt: iso(ctx.now), result: 'brought forward' })
    .where('pageId', '=', row.pageId)
    .where('contact', '=', contact)
    .where('state', '=', 'pending')
    .execute();
  const { pageId, personId, aboutId: about, title, text, priority } = row;
  await queueNotifications(ctx, [{ pageId, personId, about, purpose: 'page', way, dueAt: ctx.now, title, text, priority }]);
}

async function failedTest(ctx: Write, { row, way }: Pick<Claimed, 'row' | 'way'>, failed: Failed): Promise<void> {
  const shared = row.personId === null;
  await store.settleRow(ctx.db, row.id, { state: 'failed', result: failed.result, settledAt: iso(ctx.now), tookMs: failed.tookMs });
  await ctx.record({ record: shared ? way.id : row.personId, did: shared ? 'channel.failed' : 'contact.failed', data: { ...toldOf(row, way), permanent: failed.permanent } });
}

/** A contact that fails for good is marked, and its person is told on another one: once, until it works again. */
async function markFailed(ctx: Write, { row, way }: Pick<Claimed, 'row' | 'way'>, why: string): Promise<void> {
  if (row.personId === null || way.id === 'browser') return;
  if (!(await store.markFailed(ctx.db, { personId: row.personId, contact: way.id, at: iso(ctx.now), why }))) return;
  await ctx.record({ record: row.personId, did: 'contact.failed', data: toldOf(row, way) });
  await tellElsewhere(ctx, { personId: row.personId, except: way.id, title: `${way.label} could not be reached`, text: `${why} Send a test to it, or take it out of your rules.` });
}
