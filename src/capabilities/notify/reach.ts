import { peopleByIds, type Known } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { equalSecrets, uuidv7 } from '#kernel/ids.ts';
import { channels } from './channels/index.ts';
import type { ChannelName } from './contract.ts';
import { planOf, type PersonalRule } from './rules.ts';
import * as store from './store.ts';

/** One way to reach a person. `id` is `email`, `browser` or the id of an added contact. */
export interface Way {
  readonly id: string;
  readonly channel: ChannelName;
  readonly label: string;
  readonly address: string;
  readonly verified: boolean;
  readonly trouble: string | null;
}

export interface PageOrder {
  readonly personId: string;
  /** Id of the record that the page is about. */
  readonly about: string;
  readonly title: string;
  readonly text: string;
  /** Why this person: shown wherever the page is shown. */
  readonly why: string;
}

/** All ways to reach each person, and the rules each has set. Two queries for any number of people. */
export async function waysOf(
  ctx: { db: Db; desk: Desk },
  people: ReadonlyMap<string, Known>,
): Promise<ReadonlyMap<string, { ways: readonly Way[]; rules: readonly PersonalRule[] }>> {
  const ids = [...people.keys()];
  const [contacts, rules] = [await store.contactsOf(ctx.db, ids), await store.rulesOf(ctx.db, ids)];
  return new Map(
    [...people].map(([id, person]) => {
      const mailbox = contacts.find((c) => c.personId === id && c.channel === 'email' && c.address === person.email);
      const builtIn: Way[] = [
        { id: 'email', channel: 'email', label: 'Mail', address: person.email, verified: mailbox?.verifiedAt != null, trouble: channels.email.trouble(ctx.desk) },
        { id: 'browser', channel: 'browser', label: 'This desk', address: '', verified: false, trouble: null },
      ];
      const added = contacts
        .filter((c) => c.personId === id && c !== mailbox)
        .map((c): Way => ({
          id: c.id,
          channel: c.channel,
          label: c.label,
          address: c.sealed ? ctx.desk.vault.decrypt(c.address) : c.address,
          verified: c.verifiedAt !== null,
          trouble: channels[c.channel].trouble(ctx.desk),
        }));
      return [id, { ways: [...builtIn, ...added], rules: rules.filter((r) => r.personId === id).map(({ contact, delayMinutes }) => ({ contact, delayMinutes })) }];
    }),
  );
}

/** The plan of contacts by the person's rules, without those this desk cannot use now (the person's page says why). */
export function planFor(person: { ways: readonly Way[]; rules: readonly PersonalRule[] }): readonly PersonalRule[] {
  return planOf(
    person.rules,
    person.ways.filter((way) => way.trouble === null).map((way) => way.id),
  );
}

/**
 * Begins to page people, in the transaction of whatever decided it: one page each, one pending notification per rule,
 * and the jobs that send them. A person who is being paged about the same record already is not paged twice.
 */
export async function beginPages(ctx: Write, orders: readonly PageOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const people = await peopleByIds(
    ctx.db,
    orders.map((order) => order.personId),
  );
  const ways = await waysOf(ctx, people);
  for (const order of orders) {
    const person = ways.get(order.personId);
    if (!person) continue;
    const open = await store
      .tables(ctx.db)
      .selectFrom('notifyPage')
      .select('id')
      .where('personId', '=', order.personId)
      .where('aboutId', '=', order.about)
      .where('endedAt', 'is', null)
      .executeTakeFirst();
    if (open) await endPage(ctx, open.id, 'paged again');
    const pageId = uuidv7(ctx.now);
    await store
      .tables(ctx.db)
      .insertInto('notifyPage')
      .values({
        id: pageId,
        personId: order.personId,
        aboutId: order.about,
        title: order.title,
        text: order.text,
        why: order.why,
        startedAt: iso(ctx.now),
        endedAt: null,
        endedWhy: null,
      })
      .execute();
    await ctx.record({ record: order.about, did: 'page.started', data: { person: order.personId, page: pageId, why: order.why } });
    for (const rule of planFor(person)) {
      const way = person.ways.find((one) => one.id === rule.contact);
      if (way) await queueNotification(ctx, { ...order, pageId, purpose: 'page', way, dueAt: ctx.now + rule.delayMinutes * 60_000 });
    }
  }
}

interface Queued {
  readonly pageId: string | null;
  readonly personId: string;
  readonly about: string | null;
  readonly purpose: 'page' | 'notice' | 'test';
  readonly way: Way;
  readonly dueAt: number;
  readonly title: string;
  readonly text: string;
}

/** One notification in the outbox and the job that sends it, both in the caller's transaction. */
export async function queueNotification(ctx: Write, what: Queued): Promise<string> {
  const id = uuidv7(ctx.now);
  await store
    .tables(ctx.db)
    .insertInto('notifyNotification')
    .values({
      id,
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
    })
    .execute();
  await ctx.enqueue('notify.send', { notification: id }, { key: `notify:${id}`, runAt: what.dueAt, attempts: 25 });
  return id;
}

/** Ends every page about a record: what was not sent yet is not sent any more. Returns who was being paged. */
export async function endPages(ctx: Write, about: string, why: string): Promise<readonly string[]> {
  const open = await store.tables(ctx.db).selectFrom('notifyPage').select(['id', 'personId']).where('aboutId', '=', about).where('endedAt', 'is', null).execute();
  for (const page of open) await endPage(ctx, page.id, why);
  return open.map((page) => page.personId);
}

async function endPage(ctx: Write, id: string, why: string): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('notifyPage')
    .set({ endedAt: iso(ctx.now), endedWhy: why })
    .where('id', '=', id)
    .execute();
  await store
    .tables(ctx.db)
    .updateTable('notifyNotification')
    .set({ state: 'cancelled', settledAt: iso(ctx.now), result: why })
    .where('pageId', '=', id)
    .where('state', '=', 'pending')
    .execute();
}

/** Tells somebody something that needs no answer, once, on mail (and open browsers). */
export async function tell(ctx: Write, what: { personId: string; about: string | null; title: string; text: string }): Promise<void> {
  const people = await peopleByIds(ctx.db, [what.personId]);
  const person = (await waysOf(ctx, people)).get(what.personId);
  for (const id of ['email', 'browser']) {
    const way = person?.ways.find((one) => one.id === id && one.trouble === null);
    if (way) await queueNotification(ctx, { ...what, pageId: null, purpose: 'notice', way, dueAt: ctx.now });
  }
}

/** The secret part of an acknowledge link: bound to one notification (and by it to one person). */
export function linkToken(desk: Desk, notificationId: string): string {
  return `${notificationId.replaceAll('-', '')}${desk.vault.sign('acknowledge link', notificationId).toString('base64url').slice(0, 22)}`;
}

/** The notification of a token, or null when the token was forged. */
export function notificationOfToken(desk: Desk, token: string): string | null {
  const found = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[\w-]{22}$/.exec(token);
  if (!found) return null;
  const id = found.slice(1, 6).join('-');
  return equalSecrets(linkToken(desk, id), token) ? id : null;
}

/** What an acknowledge link shows: the page it belongs to, whether it still can be used. */
export async function linkedPage(db: Db, notificationId: string) {
  return store
    .tables(db)
    .selectFrom('notifyNotification')
    .innerJoin('notifyPage', 'notifyPage.id', 'notifyNotification.pageId')
    .select([
      'notifyPage.id',
      'notifyPage.personId',
      'notifyPage.aboutId',
      'notifyPage.title',
      'notifyPage.text',
      'notifyPage.why',
      'notifyPage.startedAt',
      'notifyPage.endedAt',
      'notifyPage.endedWhy',
      'notifyNotification.dueAt',
    ])
    .where('notifyNotification.id', '=', notificationId)
    .executeTakeFirst();
}

/**
 * Whether any open page about a record has a notification that was sent or still will be. An open browser is not
 * known to be looked at, so it counts only on a desk that has no mail to send.
 */
export async function somebodyIsReachable(ctx: { db: Db; desk: Desk }, about: string): Promise<boolean> {
  let from = store
    .tables(ctx.db)
    .selectFrom('notifyNotification')
    .innerJoin('notifyPage', 'notifyPage.id', 'notifyNotification.pageId')
    .select('notifyNotification.id')
    .where('notifyPage.aboutId', '=', about)
    .where('notifyPage.endedAt', 'is', null)
    .where('notifyNotification.state', 'in', ['pending', 'sending', 'sent']);
  if (channels.email.trouble(ctx.desk) === null) from = from.where('notifyNotification.channel', '!=', 'browser');
  return (await from.limit(1).executeTakeFirst()) !== undefined;
}

/** The pages about a record, oldest first: who was paged, why, and how it ended. */
export function pagesAbout(db: Db, about: string) {
  return store
    .tables(db)
    .selectFrom('notifyPage')
    .select(['id', 'personId', 'why', 'startedAt', 'endedAt', 'endedWhy'])
    .where('aboutId', '=', about)
    .orderBy('startedAt')
    .limit(200)
    .execute();
}

/** Open pages of one person, oldest first: what waits for their answer. */
export function openPagesOf(db: Db, personId: string) {
  return store
    .tables(db)
    .selectFrom('notifyPage')
    .select(['id', 'aboutId', 'why', 'startedAt', 'title'])
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .orderBy('startedAt')
    .limit(100)
    .execute();
}

/** What was sent for each page about a record, in words for the page's story. */
export async function notificationsOfPages(db: Db, about: string) {
  const rows = await store
    .tables(db)
    .selectFrom('notifyNotification')
    .innerJoin('notifyPage', 'notifyPage.id', 'notifyNotification.pageId')
    .select(['notifyNotification.personId', 'channel', 'state', 'result', 'notifyPage.startedAt as pageStartedAt', 'settledAt'])
    .where('notifyPage.aboutId', '=', about)
    .where('state', '!=', 'cancelled')
    .orderBy('dueAt')
    .limit(200)
    .execute();
  return rows.map((row) => ({ ...row, word: channels[row.channel].word }));
}
