import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { tables, type NotificationRow } from './tables.ts';

/** The short code of each page on the phone it goes to: the lowest free one of that number, kept while the page is open. */
export async function codesFor({ db }: { db: Db }, rows: readonly Pick<NotificationRow, 'id' | 'pageId' | 'contact'>[]): Promise<ReadonlyMap<string, number>> {
  const codes = new Map<string, number>();
  for (const row of rows) {
    const contact = await tables(db).selectFrom('notifyContact').select('addressKey').where('id', '=', row.contact).forUpdate().executeTakeFirst();
    if (!contact?.addressKey || !row.pageId) continue;
    const known = await tables(db).selectFrom('notifyCode').select('code').where('addressKey', '=', contact.addressKey).where('pageId', '=', row.pageId).executeTakeFirst();
    codes.set(row.id, known?.code ?? (await takeCode(db, contact.addressKey, row.pageId)));
  }
  return codes;
}

async function takeCode(db: Db, addressKey: string, pageId: string): Promise<number> {
  const { rows } = await sql<{ code: number }>`
    insert into notify_code (address_key, code, page_id)
    select ${addressKey}, min(n), ${pageId} from generate_series(1, (select count(*) + 1 from notify_code where address_key = ${addressKey})) n
    where not exists (select 1 from notify_code c where c.address_key = ${addressKey} and c.code = n) returning code`.execute(db);
  return rows[0]?.code ?? 0;
}

/** How many codes went to a number, whoever asked for them and whether that contact is still there. */
export async function codesSent(db: Db, addressKey: string, since: { readonly hour: string; readonly minute: string }): Promise<{ lately: number; sinceMinute: number }> {
  const rows = await tables(db)
    .selectFrom('notifyNotification')
    .innerJoin('notifyContact', (join) => join.on(sql<SqlBool>`notify_contact.id::text = notify_notification.contact`))
    .select('notifyNotification.createdAt')
    .where('notifyContact.addressKey', '=', addressKey)
    .where('notifyNotification.purpose', '=', 'test')
    .where('notifyNotification.createdAt', '>', since.hour)
    .limit(100)
    .execute();
  return { lately: rows.length, sinceMinute: rows.filter((row) => Date.parse(row.createdAt) > Date.parse(since.minute)).length };
}

/** The open page behind a short code of a number. */
export function pageOfCode(db: Db, addressKey: string, code: number) {
  return tables(db)
    .selectFrom('notifyCode')
    .innerJoin('notifyPage', 'notifyPage.id', 'notifyCode.pageId')
    .select(['notifyPage.id', 'notifyPage.aboutId', 'notifyPage.personId'])
    .where('notifyCode.addressKey', '=', addressKey)
    .where('notifyCode.code', '=', code)
    .executeTakeFirst();
}

export interface Caller {
  readonly id: string;
  readonly personId: string;
  readonly disabledAt: string | null;
}

/** Contacts with this number, confirmed ones only: whoever typed in a code holds the phone. */
export function contactsAt(db: Db, addressKey: string): Promise<readonly Caller[]> {
  return tables(db)
    .selectFrom('notifyContact')
    .select(['id', 'personId', 'disabledAt'])
    .where('addressKey', '=', addressKey)
    .where('channel', '=', 'sms')
    .where('removedAt', 'is', null)
    .where('verifiedAt', 'is not', null)
    .execute();
}

interface Wanted {
  readonly contacts: readonly string[];
  readonly pageId?: string;
  readonly about?: string;
}

/** The message that went to one of these contacts last, about an open page if there is one: what was taken is resolved later. */
export function lastMessageTo(db: Db, { contacts, pageId, about }: Wanted) {
  let from = tables(db)
    .selectFrom('notifyNotification')
    .innerJoin('notifyPage', 'notifyPage.id', 'notifyNotification.pageId')
    .select(['notifyNotification.id', 'notifyNotification.bundleId'])
    .where('notifyNotification.contact', 'in', [...contacts])
    .where('notifyNotification.state', 'in', ['sent', 'sending']);
  if (pageId !== undefined) from = from.where('notifyPage.id', '=', pageId);
  if (about !== undefined) from = from.where('notifyPage.aboutId', '=', about);
  return from
    .orderBy(sql`notify_page.ended_at is null`, 'desc')
    .orderBy('notifyNotification.triedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Counts what a number asked in vain; answers how often in a row. Zero begins anew. */
export async function countWrong(db: Db, addressKey: string, wrong: 'one more' | 'none'): Promise<number> {
  const { rows } = await sql<{ wrong: number }>`insert into notify_replier (address_key, wrong) values (${addressKey}, ${wrong === 'none' ? 0 : 1})
    on conflict (address_key) do update set wrong = ${wrong === 'none' ? sql`0` : sql`notify_replier.wrong + 1`} returning wrong`.execute(db);
  return rows[0]?.wrong ?? 0;
}
