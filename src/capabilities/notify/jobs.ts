import { peopleByIds, type Known } from '#capabilities/people/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Job, Jobs, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { pageOf, refsOf } from '#kernel/records/index.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { channels, type Message, type Sent } from './channels/index.ts';
import { linkToken, planFor, queueNotification, waysOf, type Way } from './reach.ts';
import { afterFailure, CLAIM_MS } from './rules.ts';
import * as store from './store.ts';

interface Claimed {
  readonly notification: NonNullable<Awaited<ReturnType<typeof store.lockNotification>>>;
  readonly way: Way;
  readonly message: Message;
}

/**
 * Sends one notification in three steps: claim and commit, send with no transaction open, record the result.
 * The claim leaves a guard job behind: when this process dies in between, a page is sent again (at least once).
 */
async function send(job: Job): Promise<void> {
  const { desk } = job;
  const id = String(job.payload.notification);
  const claimed = await job.write((ctx) => claim(ctx, id));
  if (!claimed) return;
  const started = performance.now();
  const sent = await channels[claimed.way.channel]
    .send(desk, claimed.message, claimed.way.address)
    .catch((error: unknown): Sent => ({ ok: false, permanent: false, result: String(error).slice(0, 300) }));
  desk.metrics.notifications.inc({ channel: claimed.way.channel, outcome: sent.ok ? 'sent' : 'failed' });
  await job.write((ctx) => settle(ctx, claimed, { sent, tookMs: Math.round(performance.now() - started) }));
}

async function claim(ctx: Write, id: string): Promise<Claimed | null> {
  const row = await store.lockNotification(ctx.db, id);
  if (!row || (row.state !== 'pending' && row.state !== 'sending')) return null;
  if (row.state === 'sending' && row.claimedUntil !== null && ms(row.claimedUntil) > ctx.now) return null;
  if (ctx.desk.state.held) return null;
  const page = row.pageId ? await store.pageById(ctx.db, row.pageId) : undefined;
  const over = row.purpose === 'page' && page?.endedAt ? (page.endedWhy ?? 'ended') : undefined;
  // A status message is sent at most once: a second mail about the same thing helps nobody.
  const brokenOff = row.state === 'sending' && row.purpose !== 'page' ? 'The desk stopped while sending; not sent again.' : undefined;
  if (over ?? brokenOff) {
    await settleAs(ctx, id, { state: over ? 'cancelled' : 'failed', result: over ?? brokenOff ?? '', tookMs: null });
    return null;
  }
  if (row.pageId) await foldOverdue(ctx, { id, pageId: row.pageId, contact: row.contact });
  const person = (await peopleByIds(ctx.db, [row.personId])).get(row.personId);
  const way = person ? (await waysOf(ctx, new Map([[person.id, person]]))).get(person.id)?.ways.find((one) => one.id === row.contact) : undefined;
  if (!person || !way) {
    await settleAs(ctx, id, { state: 'cancelled', result: 'The contact was removed.', tookMs: null });
    return null;
  }
  const until = ctx.now + CLAIM_MS;
  await store
    .tables(ctx.db)
    .updateTable('notifyNotification')
    .set({ state: 'sending', attempt: row.attempt + 1, claimedUntil: iso(until) })
    .where('id', '=', id)
    .execute();
  await ctx.enqueue('notify.send', { notification: id }, { key: `notify-guard:${id}`, runAt: until + 1000, attempts: 25 });
  return { notification: { ...row, attempt: row.attempt + 1 }, way, message: await messageOf(ctx, row, { person, why: page?.why ?? '' }) };
}

/** After an outage each contact gets one message per page, not one for every rule that was missed (GoAlert npcyclemanager). */
async function foldOverdue(ctx: Write, what: { id: string; pageId: string; contact: string }): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('notifyNotification')
    .set({ state: 'cancelled', settledAt: iso(ctx.now), result: 'folded into one message' })
    .where('pageId', '=', what.pageId)
    .where('contact', '=', what.contact)
    .where('id', '!=', what.id)
    .where('state', '=', 'pending')
    .where('dueAt', '<=', iso(ctx.now))
    .execute();
}

async function messageOf(ctx: Write, row: Claimed['notification'], to: { person: Known; why: string }): Promise<Message> {
  const record = row.aboutId ? (await refsOf(ctx.db, SYSTEM, [row.aboutId])).get(row.aboutId) : undefined;
  const base = ctx.desk.config.publicUrl;
  return {
    id: row.id,
    purpose: row.purpose,
    title: row.title,
    text: row.text,
    why: to.why,
    at: iso(ctx.now),
    record: record ?? null,
    person: { id: to.person.id, name: to.person.name, email: to.person.email },
    link: record ? `${base}${pageOf(ctx.desk, record)}` : null,
    ackLink: row.purpose === 'page' ? `${base}/ack/${linkToken(ctx.desk, row.id)}` : null,
  };
}

async function settle(ctx: Write, claimed: Claimed, outcome: { sent: Sent; tookMs: number }): Promise<void> {
  const { notification, way } = claimed;
  const { sent, tookMs } = outcome;
  const row = await store.lockNotification(ctx.db, notification.id);
  if (row?.state !== 'sending' || row.attempt !== notification.attempt) return;
  await ctx.cancel(`notify-guard:${notification.id}`);
  const told = { person: notification.personId, channel: way.channel, contact: way.label, notification: notification.id };
  if (sent.ok) {
    await settleAs(ctx, notification.id, { state: 'sent', result: sent.result, tookMs });
    const did = notification.purpose === 'test' ? 'contact.verified' : notification.purpose === 'page' ? 'page.told' : 'notice.told';
    await ctx.record({ record: notification.purpose === 'test' ? notification.personId : notification.aboutId, did, data: told });
    if (notification.purpose === 'test') await verified(ctx, way, notification.personId);
    return;
  }
  const did = notification.purpose === 'test' ? 'contact.failed' : notification.purpose === 'page' ? 'page.refused' : 'notice.refused';
  await ctx.record({
    record: notification.purpose === 'test' ? notification.personId : notification.aboutId,
    did,
    data: { ...told, permanent: sent.permanent, attempt: notification.attempt },
  });
  const next = await decideAfterFailure(ctx, claimed, sent.permanent);
  if (next.kind === 'again') {
    await store
      .tables(ctx.db)
      .updateTable('notifyNotification')
      .set({ state: 'pending', claimedUntil: null, result: sent.result, dueAt: iso(ctx.now + next.inMs) })
      .where('id', '=', notification.id)
      .execute();
    await ctx.enqueue('notify.send', { notification: notification.id }, { key: `notify:${notification.id}`, runAt: ctx.now + next.inMs, attempts: 25 });
    return;
  }
  await settleAs(ctx, notification.id, { state: 'failed', result: sent.result, tookMs });
  if (notification.purpose !== 'page') return;
  if (next.kind === 'next') await useNextContact(ctx, claimed, next.contact);
  else await ctx.record({ record: notification.aboutId, did: 'page.unreachable', data: { person: notification.personId, page: notification.pageId } });
}

async function decideAfterFailure(ctx: Write, { notification }: Claimed, permanent: boolean): Promise<ReturnType<typeof afterFailure>> {
  if (notification.purpose === 'test') return { kind: 'unreachable' };
  if (notification.purpose === 'notice' || !notification.pageId) return afterFailure({ attempt: notification.attempt, permanent }, [], []);
  const page = await store.pageById(ctx.db, notification.pageId);
  if (page?.endedAt) return { kind: 'unreachable' };
  const person = (await waysOf(ctx, await peopleByIds(ctx.db, [notification.personId]))).get(notification.personId);
  const order = person ? [...new Set([...planFor(person).map((rule) => rule.contact), ...person.ways.filter((w) => w.trouble === null).map((w) => w.id)])] : [];
  const tried = await store.triedContacts(ctx.db, notification.pageId);
  return afterFailure({ attempt: notification.attempt, permanent }, tried, order);
}

/** The next contact at once: a pending one is brought forward, else a new notification is made. */
async function useNextContact(ctx: Write, { notification }: Claimed, contact: string): Promise<void> {
  const person = (await waysOf(ctx, await peopleByIds(ctx.db, [notification.personId]))).get(notification.personId);
  const way = person?.ways.find((one) => one.id === contact);
  if (!way || !notification.pageId) return;
  await store
    .tables(ctx.db)
    .updateTable('notifyNotification')
    .set({ state: 'cancelled', settledAt: iso(ctx.now), result: 'brought forward' })
    .where('pageId', '=', notification.pageId)
    .where('contact', '=', contact)
    .where('state', '=', 'pending')
    .execute();
  await queueNotification(ctx, {
    pageId: notification.pageId,
    personId: notification.personId,
    about: notification.aboutId,
    purpose: 'page',
    way,
    dueAt: ctx.now,
    title: notification.title,
    text: notification.text,
  });
}

async function settleAs(ctx: Write, id: string, how: { state: 'sent' | 'failed' | 'cancelled'; result: string; tookMs: number | null }): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('notifyNotification')
    .set({ ...how, claimedUntil: null, settledAt: iso(ctx.now) })
    .where('id', '=', id)
    .execute();
}

/** A test that arrived proves the contact; the mailbox of the profile gets a row of its own to remember it. */
async function verified(ctx: Write, way: Way, personId: string): Promise<void> {
  if (way.id === 'browser') return;
  if (way.id !== 'email') {
    await store
      .tables(ctx.db)
      .updateTable('notifyContact')
      .set({ verifiedAt: iso(ctx.now) })
      .where('id', '=', way.id)
      .execute();
    return;
  }
  await store.tables(ctx.db).deleteFrom('notifyContact').where('personId', '=', personId).where('channel', '=', 'email').where('address', '=', way.address).execute();
  await store
    .tables(ctx.db)
    .insertInto('notifyContact')
    .values({
      id: uuidv7(ctx.now),
      personId,
      channel: 'email',
      label: 'Mail',
      address: way.address,
      sealed: false,
      verifiedAt: iso(ctx.now),
      createdAt: iso(ctx.now),
      removedAt: null,
    })
    .execute();
}

/** Safety net: a due notification whose job was lost gets a new one. Also counts what is late for the auditor. */
async function sweepDue(job: Job): Promise<void> {
  await job.write(async (ctx) => {
    const late = await store
      .tables(ctx.db)
      .selectFrom('notifyNotification')
      .select('id')
      .where('state', 'in', ['pending', 'sending'])
      .where('dueAt', '<', iso(ctx.now - 60_000))
      .where((e) => e.or([e('claimedUntil', 'is', null), e('claimedUntil', '<', iso(ctx.now))]))
      .limit(500)
      .execute();
    for (const { id } of late) await ctx.enqueue('notify.send', { notification: id }, { key: `notify:${id}`, attempts: 25 });
    await store
      .tables(ctx.db)
      .deleteFrom('notifyNotification')
      .where('createdAt', '<', iso(ctx.now - 365 * 86_400_000))
      .where('pageId', 'is', null)
      .execute();
  });
}

export const jobs: Jobs = {
  tasks: { 'notify.send': send, 'notify.sweepDue': sweepDue },
  every: { 'notify.sweepDue': '* * * * *' },
};
