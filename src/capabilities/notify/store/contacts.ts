import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { tables } from './tables.ts';

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

export async function wayFacts(db: Db, personIds: readonly string[]) {
  return tables(db)
    .selectFrom('notifyWay')
    .selectAll()
    .where(sql<SqlBool>`person_id = any(${personIds}::uuid[])`)
    .execute();
}

/** Marks a contact that failed; answers whether it was well before. */
export async function markFailed(db: Db, what: { personId: string; contact: string; at: string; why: string }): Promise<boolean> {
  const { rows } = await sql`insert into notify_way (person_id, contact, failed_at, failed_why) values (${what.personId}, ${what.contact}, ${what.at}, ${what.why})
    on conflict (person_id, contact) do update set failed_at = excluded.failed_at, failed_why = excluded.failed_why where notify_way.failed_at is null returning 1`.execute(db);
  return rows.length > 0;
}

/** What was told works again. */
export async function clearFailed(db: Db, of: readonly { personId: string; contact: string }[]): Promise<void> {
  if (of.length === 0) return;
  await sql`update notify_way w set failed_at = null, failed_why = null from unnest(${of.map((one) => one.personId)}::uuid[], ${of.map((one) => one.contact)}::text[]) as u(person_id, contact)
    where w.person_id = u.person_id and w.contact = u.contact and w.failed_at is not null`.execute(db);
}
