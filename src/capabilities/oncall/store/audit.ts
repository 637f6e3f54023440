import { jsonb, type Db } from '#kernel/database.ts';
import type { Trouble } from '../rules/audit.ts';
import { tables } from './tables.ts';

export function auditRow(db: Db) {
  return tables(db).selectFrom('oncallAudit').selectAll().executeTakeFirst();
}

/** The row of the desk, locked; made when there is none yet. */
export async function lockAudit(db: Db, at: string) {
  await tables(db)
    .insertInto('oncallAudit')
    .values({ one: true, checkedAt: at, troubleSince: null, troubles: jsonb<readonly Trouble[]>([]), toldAt: null, jobsSeenAt: null })
    .onConflict((c) => c.column('one').doNothing())
    .execute();
  return tables(db).selectFrom('oncallAudit').selectAll().forUpdate().executeTakeFirstOrThrow();
}

interface Audited {
  readonly checkedAt: string;
  readonly troubleSince: string | null;
  readonly toldAt: string | null;
  readonly troubles: readonly Trouble[];
}

export function saveAudit(db: Db, to: Audited) {
  return tables(db)
    .updateTable('oncallAudit')
    .set({ ...to, troubles: jsonb(to.troubles) })
    .execute();
}

/** A job of the queue has run. */
export async function jobsSeen(db: Db, at: string) {
  await lockAudit(db, at);
  return tables(db).updateTable('oncallAudit').set({ jobsSeenAt: at }).execute();
}
