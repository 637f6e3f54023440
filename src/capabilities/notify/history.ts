import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { channels } from './channels/index.ts';
import * as store from './store/index.ts';

interface Asked {
  readonly personId?: string | undefined;
  readonly aboutId?: string | undefined;
  readonly state?: 'open' | 'acknowledged' | 'ended' | undefined;
  readonly limit: number;
  readonly before?: { readonly at: string; readonly id: string } | undefined;
}

/** Pages about what the viewer may see, newest first. */
export function listPages(db: Db, actor: Actor, { personId, aboutId, state, limit, before }: Asked) {
  let from = store
    .tables(db)
    .selectFrom('notifyPage')
    .innerJoin('record', 'record.id', 'notifyPage.aboutId')
    .select(['notifyPage.id', 'notifyPage.personId', 'notifyPage.aboutId', 'notifyPage.title', 'why', 'startedAt', 'endedAt', 'endedWhy'])
    .where(visible(actor));
  if (personId) from = from.where('personId', '=', personId);
  if (aboutId) from = from.where('aboutId', '=', aboutId);
  if (state === 'open') from = from.where('endedAt', 'is', null);
  if (state === 'acknowledged') from = from.where('endedWhy', '=', 'acknowledged');
  if (state === 'ended') from = from.where('endedAt', 'is not', null).where('endedWhy', '!=', 'acknowledged');
  if (before) from = from.where(sql<SqlBool>`(notify_page.started_at, notify_page.id) < (${before.at}::timestamptz, ${before.id}::uuid)`);
  return from.orderBy('startedAt', 'desc').orderBy('notifyPage.id', 'desc').limit(limit).execute();
}

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
