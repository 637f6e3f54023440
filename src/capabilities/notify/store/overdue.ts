import { sql, type SqlBool } from 'kysely';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { tables } from './tables.ts';

/** How many messages of pages should have left before the instant and have not, and since when the oldest waits. */
export async function overdueMessages(db: Db, before: number): Promise<{ count: number; since: string | null }> {
  const rows = await tables(db)
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
    .where('dueAt', '<', iso(before))
    // A limit of the contact delays; it is late only when that has passed as well.
    .where((e) => e.or([e('notBefore', 'is', null), e('notBefore', '<', iso(before))]))
    .where((e) => e.or([e('claimedUntil', 'is', null), e('claimedUntil', '<', iso(before))]))
    .orderBy('dueAt')
    .limit(1000)
    .execute();
  return { count: rows.length, since: rows[0]?.dueAt ?? null };
}
