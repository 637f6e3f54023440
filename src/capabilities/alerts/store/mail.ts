import type { Db } from '#kernel/database.ts';
import { tables } from './tables.ts';

/** The conversation that one of these mails belongs to, as far as it is known here. */
export async function threadOfMails(db: Db, sourceId: string, messageIds: readonly string[]): Promise<string | undefined> {
  if (messageIds.length === 0) return undefined;
  const row = await tables(db)
    .selectFrom('alertsMail')
    .select('thread')
    .where('sourceId', '=', sourceId)
    .where('messageId', 'in', [...messageIds])
    .orderBy('at')
    .limit(1)
    .executeTakeFirst();
  return row?.thread;
}

export async function keepMails(db: Db, what: { readonly sourceId: string; readonly messageIds: readonly string[]; readonly thread: string; readonly at: string }): Promise<void> {
  const { sourceId, messageIds, thread, at } = what;
  if (messageIds.length === 0) return;
  await tables(db)
    .insertInto('alertsMail')
    .values(messageIds.map((messageId) => ({ sourceId, messageId, thread, at })))
    .onConflict((c) => c.doNothing())
    .execute();
}
