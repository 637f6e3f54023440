import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { ChannelName } from './contract.ts';

type Tables = {
  notifyContact: {
    id: string;
    personId: string;
    channel: ChannelName;
    label: string;
    address: string;
    sealed: boolean;
    verifiedAt: string | null;
    createdAt: string;
    removedAt: string | null;
  };
  notifyRule: { personId: string; position: number; contact: string; delayMinutes: number };
  notifyPage: {
    id: string;
    personId: string;
    aboutId: string;
    title: string;
    text: string;
    why: string;
    startedAt: string;
    endedAt: string | null;
    endedWhy: string | null;
  };
  notifyNotification: {
    id: string;
    pageId: string | null;
    personId: string;
    aboutId: string | null;
    purpose: 'page' | 'notice' | 'test';
    contact: string;
    channel: ChannelName;
    state: 'pending' | 'sending' | 'sent' | 'failed' | 'cancelled';
    attempt: number;
    dueAt: string;
    claimedUntil: string | null;
    settledAt: string | null;
    tookMs: number | null;
    result: string;
    title: string;
    text: string;
    createdAt: string;
  };
};
export const tables = (db: Db) => db.$extendTables<Tables>();

export function contactsOf(db: Db, personIds: readonly string[]) {
  return tables(db)
    .selectFrom('notifyContact')
    .selectAll()
    .where(sql<SqlBool>`person_id = any(${personIds}::uuid[])`)
    .where('removedAt', 'is', null)
    .orderBy('createdAt')
    .execute();
}

export function rulesOf(db: Db, personIds: readonly string[]) {
  return tables(db)
    .selectFrom('notifyRule')
    .selectAll()
    .where(sql<SqlBool>`person_id = any(${personIds}::uuid[])`)
    .orderBy('position')
    .execute();
}

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
    .where('state', 'in', ['sent', 'failed', 'sending'])
    .execute();
  return rows.map((row) => row.contact);
}

const SHOWN = ['id', 'dueAt', 'settledAt', 'personId', 'aboutId', 'purpose', 'channel', 'contact', 'state', 'result', 'attempt', 'tookMs', 'title'] as const;

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
  return tables(db).selectFrom('notifyNotification').select(SHOWN).where('state', 'in', ['pending', 'sending']).orderBy('dueAt').limit(limit).execute();
}
