import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { channels } from './channels/index.ts';
import * as store from './store/index.ts';

interface Attempt {
  readonly channel: string;
  readonly state: store.NotificationRow['state'];
  readonly at: string;
  readonly result: string;
  /** What the provider said later, like that it was delivered. */
  readonly receipt: string | null;
}

/** Every message of these pages, in the order in which they were due, with what came of it. */
export async function attemptsOf(db: Db, pageIds: readonly string[]) {
  const found = new Map<string, Attempt[]>();
  if (pageIds.length === 0) return found;
  const rows = await store
    .tables(db)
    .selectFrom('notifyNotification')
    .select(['pageId', 'channel', 'state', 'dueAt', 'settledAt', 'result', 'receipt'])
    .where(sql<SqlBool>`page_id = any(${[...pageIds]}::uuid[])`)
    .orderBy('dueAt')
    .orderBy('id')
    .limit(2000)
    .execute();
  for (const { pageId, channel, state, dueAt, settledAt, result, receipt } of rows) {
    if (pageId === null) continue;
    const list = found.get(pageId) ?? [];
    list.push({ channel: channels[channel].word, state, at: settledAt ?? dueAt, result, receipt });
    found.set(pageId, list);
  }
  return found;
}
