import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables } from './tables.ts';

interface Asked {
  readonly personId?: string | undefined;
  readonly aboutId?: string | undefined;
  readonly state?: 'open' | 'acknowledged' | 'ended' | undefined;
  readonly limit: number;
  readonly before?: { readonly at: string; readonly id: string } | undefined;
}

/** Pages about what the viewer may see, newest first. */
export function listPages(db: Db, actor: Actor, { personId, aboutId, state, limit, before }: Asked) {
  let from = tables(db)
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
