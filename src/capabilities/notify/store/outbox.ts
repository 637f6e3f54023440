import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { tables } from './tables.ts';

export function lockNotification(db: Db, id: string) {
  return tables(db).selectFrom('notifyNotification').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export function pageById(db: Db, id: string) {
  return tables(db).selectFrom('notifyPage').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Contacts already used for a page, in whatever way it ended. */
export async function triedContacts(db: Db, pageId: string): Promise<readonly string[]> {
  const rows = await tables(db)
    .selectFrom('notifyNotification')
    .select('contact')
    .distinct()
    .where('pageId', '=', pageId)
    .where((e) => e.or([e('state', 'in', ['sent', 'failed', 'sending', 'bundled']), e('attempt', '>', 0)]))
    .execute();
  return rows.map((row) => row.contact);
}

const SHOWN = [
  'id',
  'dueAt',
  'settledAt',
  'personId',
  'aboutId',
  'purpose',
  'channel',
  'contact',
  'state',
  'result',
  'attempt',
  'tookMs',
  'title',
  'notBefore',
  'receipt',
  'brokenOff',
] as const;

/** Told or about to be told, oldest first. Cancelled ones were never sent and are left out. */
export function notificationsAbout(db: Db, aboutId: string) {
  return tables(db).selectFrom('notifyNotification').select(SHOWN).where('aboutId', '=', aboutId).where('state', '!=', 'cancelled').orderBy('dueAt').limit(500).execute();
}

export function notificationsOf(db: Db, personId: string) {
  return tables(db)
    .selectFrom('notifyNotification')
    .select(SHOWN)
    .where('personId', '=', personId)
    .where('state', '!=', 'cancelled')
    .orderBy('createdAt', 'desc')
    .limit(50)
    .execute();
}

export function waiting(db: Db, limit: number) {
  return tables(db).selectFrom('notifyNotification').select(SHOWN).where('state', 'in', ['pending', 'sending', 'bundled']).orderBy('dueAt').limit(limit).execute();
}

/** Pages that are open for the people about the records, or for their services: what a new page is measured by. */
export function pagesBefore(db: Db, what: { personIds: readonly string[]; aboutIds: readonly string[] }) {
  return tables(db)
    .selectFrom('notifyPage')
    .select(['id', 'personId', 'aboutId', 'serviceId', 'endedAt'])
    .where(sql<SqlBool>`(about_id = any(${what.aboutIds}::uuid[]) or (person_id = any(${what.personIds}::uuid[]) and ended_at is null))`)
    .execute();
}

/** Locks what is due: pending ones, and those whose attempt was broken off. Rows that another node has in hand are passed over. */
export function lockDue(db: Db, what: { now: string; full: readonly string[]; limit: number }) {
  let from = tables(db)
    .selectFrom('notifyNotification')
    .selectAll()
    .where((e) =>
      e.or([
        e.and([e('state', '=', 'pending'), e('dueAt', '<=', what.now), e.or([e('notBefore', 'is', null), e('notBefore', '<=', what.now)])]),
        e.and([e('state', '=', 'sending'), e('claimedUntil', '<=', what.now)]),
      ]),
    );
  if (what.full.length > 0) from = from.where('lane', 'not in', [...what.full]);
  return from.orderBy('priority').orderBy('dueAt').limit(what.limit).forUpdate().skipLocked().execute();
}

export type PageRow = NonNullable<Awaited<ReturnType<typeof pageById>>>;

export async function pagesByIds(db: Db, ids: readonly string[]): Promise<readonly PageRow[]> {
  if (ids.length === 0) return [];
  return tables(db)
    .selectFrom('notifyPage')
    .selectAll()
    .where(sql<SqlBool>`id = any(${ids}::uuid[])`)
    .execute();
}

/** When the contacts of these were used since an instant. */
export function triedLately(db: Db, of: readonly { personId: string | null; contact: string }[], since: string) {
  return tables(db)
    .selectFrom('notifyNotification')
    .select(['personId', 'contact', 'triedAt'])
    .where(sql<SqlBool>`contact = any(${[...new Set(of.map((one) => one.contact))]}::text[])`)
    .where('triedAt', '>', since)
    .execute();
}

export async function settleRow(db: Db, id: string, how: { state: 'failed' | 'cancelled'; result: string; settledAt: string; tookMs?: number }): Promise<void> {
  await tables(db)
    .updateTable('notifyNotification')
    .set({ ...how, claimedUntil: null })
    .where('id', '=', id)
    .execute();
}

export async function holdRows(db: Db, ids: readonly string[], until: string): Promise<void> {
  await tables(db)
    .updateTable('notifyNotification')
    .set({ notBefore: until })
    .where('id', 'in', [...ids])
    .execute();
}

export async function claimRows(db: Db, ids: readonly string[], at: { now: string; until: string }): Promise<void> {
  await tables(db)
    .updateTable('notifyNotification')
    .set((e) => ({
      brokenOff: sql<number>`broken_off + case when state = 'sending' then 1 else 0 end`,
      state: 'sending',
      attempt: e('attempt', '+', 1),
      claimedUntil: at.until,
      triedAt: at.now,
    }))
    .where('id', 'in', [...ids])
    .execute();
}

/** Other rules of the same page and contact that are due as well say nothing new. Answers which. */
export async function foldOverdue(db: Db, what: { ids: readonly string[]; now: string }): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`update notify_notification n set state = 'cancelled', settled_at = ${what.now}, result = 'folded into one message'
    from notify_notification c where c.id = any(${what.ids}::uuid[]) and n.page_id = c.page_id and n.contact = c.contact and n.id <> c.id
      and n.state = 'pending' and n.due_at <= ${what.now} and n.id <> all(${what.ids}::uuid[]) returning n.id`.execute(db);
  return rows.map((row) => row.id);
}

/** Told with another from now on, and so is what was to be told with it. */
export async function bundleRow(db: Db, id: string, into: string): Promise<void> {
  await tables(db)
    .updateTable('notifyNotification')
    .set({ state: 'bundled', bundleId: into })
    .where((e) => e.or([e('id', '=', id), e.and([e('bundleId', '=', id), e('state', '=', 'bundled')])]))
    .execute();
}

/** Results of many attempts in one statement; answers which of them were still waited for. */
export async function settleSent(
  db: Db,
  results: readonly { id: string; attempt: number; result: string; tookMs: number; ref: string | null }[],
  at: string,
): Promise<ReadonlySet<string>> {
  if (results.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    update notify_notification n set state = 'sent', settled_at = ${at}, claimed_until = null, result = u.result, took_ms = u.took_ms, provider_ref = u.ref
    from unnest(${results.map((r) => r.id)}::uuid[], ${results.map((r) => r.attempt)}::int[], ${results.map((r) => r.result)}::text[],
      ${results.map((r) => r.tookMs)}::int[], ${results.map((r) => r.ref)}::text[]) as u(id, attempt, result, took_ms, ref)
    where n.id = u.id and n.attempt = u.attempt and n.state = 'sending' returning n.id`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** What was told in one message with others shares its fate. */
export function bundledInto(db: Db, ids: readonly string[]) {
  return tables(db)
    .selectFrom('notifyNotification')
    .selectAll()
    .where('bundleId', 'in', [...ids])
    .where('state', '=', 'bundled')
    .execute();
}

/** What was told in one message with this one. */
export function toldWith(db: Db, id: string) {
  return tables(db).selectFrom('notifyNotification').selectAll().where('bundleId', '=', id).where('state', '=', 'sent').execute();
}

/** Messages of pages that should have left before the instant, oldest first. */
export function overdueSince(db: Db, before: string) {
  return (
    tables(db)
      .selectFrom('notifyNotification')
      .select('dueAt')
      // What is told with another waits for that one; where that is gone, nobody would ever tell it.
      .where((e) =>
        e.or([
          e('state', 'in', ['pending', 'sending']),
          e.and([
            e('state', '=', 'bundled'),
            sql<SqlBool>`not exists (select 1 from notify_notification p where p.id = notify_notification.bundle_id and p.state in ('pending', 'sending'))`,
          ]),
        ]),
      )
      .where('purpose', '=', 'page')
      .where('dueAt', '<', before)
      // A limit of the contact delays; it is late only when that has passed as well.
      .where((e) => e.or([e('notBefore', 'is', null), e('notBefore', '<', before)]))
      .where((e) => e.or([e('claimedUntil', 'is', null), e('claimedUntil', '<', before)]))
      .orderBy('dueAt')
      .limit(1000)
      .execute()
  );
}

/** The page that a message was sent for, and those that were told with it. */
export async function pagesOfMessage(db: Db, notificationId: string) {
  return tables(db)
    .selectFrom('notifyPage')
    .innerJoin('notifyNotification', 'notifyNotification.pageId', 'notifyPage.id')
    .select(['notifyPage.id', 'notifyPage.aboutId', 'notifyPage.personId', 'notifyPage.startedAt', 'notifyPage.shadow'])
    .where((e) => e.or([e('notifyNotification.id', '=', notificationId), e('notifyNotification.bundleId', '=', notificationId)]))
    .orderBy(sql`notify_notification.id = ${notificationId}`, 'desc')
    .limit(100)
    .execute();
}

/** The address that a message to a person went to. */
export async function addressOf({ db, vault }: { db: Db; vault: { decrypt(sealed: string): string } }, notificationId: string): Promise<string | null> {
  const row = await tables(db)
    .selectFrom('notifyNotification')
    .innerJoin('notifyContact', (join) => join.on(sql<SqlBool>`notify_contact.id::text = notify_notification.contact`))
    .select(['notifyContact.address', 'notifyContact.sealed'])
    .where('notifyNotification.id', '=', notificationId)
    .where('notifyContact.removedAt', 'is', null)
    .executeTakeFirst();
  return row ? (row.sealed ? vault.decrypt(row.address) : row.address) : null;
}

/** The message to a person that a provider calls by this name. */
export function messageOfRef(db: Db, channel: 'matrix', ref: string) {
  return tables(db)
    .selectFrom('notifyNotification')
    .select('id')
    .where('channel', '=', channel)
    .where('providerRef', '=', ref)
    .where('personId', 'is not', null)
    .executeTakeFirst();
}

/** What an acknowledge link shows: the page it belongs to, whether it still can be used. */
export async function linkedPage(db: Db, notificationId: string) {
  return tables(db)
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
      'notifyPage.shadow',
      'notifyNotification.dueAt',
    ])
    .select(sql<number>`(select count(*)::int from notify_notification o where o.bundle_id = notify_notification.id)`.as('together'))
    .where('notifyNotification.id', '=', notificationId)
    .executeTakeFirst();
}

/** Pages that were sent to these people, other than by mail. */
export function sentPages(db: Db, personIds: readonly string[], window: { from: string; until: string }) {
  return tables(db)
    .selectFrom('notifyNotification')
    .select(['personId', 'settledAt', 'dueAt'])
    .where(sql<SqlBool>`person_id = any(${[...personIds]}::uuid[])`)
    .where('purpose', '=', 'page')
    .where('state', '=', 'sent')
    .where('channel', '!=', 'email')
    .where('dueAt', '>=', window.from)
    .where('dueAt', '<', window.until)
    .limit(100_000)
    .execute();
}
