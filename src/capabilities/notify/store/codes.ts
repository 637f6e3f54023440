import { sql } from 'kysely';
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
