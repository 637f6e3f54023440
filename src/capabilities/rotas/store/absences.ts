import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Absence } from '../rules/index.ts';
import { tables, type AbsenceRow } from './tables.ts';

const MOST = 20_000;

/** Absences that touch the window. */
export function absencesIn(db: Db, window: { from: string; until: string }) {
  return tables(db)
    .selectFrom('rotasAbsence')
    .selectAll()
    .where('removedAt', 'is', null)
    .where('untilAt', '>', window.from)
    .where('fromAt', '<', window.until)
    .orderBy('fromAt')
    .limit(MOST)
    .execute();
}

/** Absences that are not over, the next first. */
export function absencesAhead(db: Db, what: { now: string; personId: string | undefined; limit: number; after: { at: string; id: string } | undefined }) {
  let from = tables(db).selectFrom('rotasAbsence').selectAll().where('removedAt', 'is', null).where('untilAt', '>', what.now);
  if (what.personId) from = from.where('personId', '=', what.personId);
  if (what.after) from = from.where(sql<SqlBool>`(from_at, id) > (${what.after.at}::timestamptz, ${what.after.id}::uuid)`);
  return from.orderBy('fromAt').orderBy('id').limit(what.limit).execute();
}

export function absenceById(db: Db, id: string) {
  return tables(db).selectFrom('rotasAbsence').selectAll().where('id', '=', id).where('removedAt', 'is', null).forUpdate().executeTakeFirst();
}

export function asAbsence(row: AbsenceRow): Absence {
  return { id: row.id, personId: row.personId, from: Date.parse(row.fromAt), until: Date.parse(row.untilAt) };
}

const calendarRows = (db: Db) =>
  tables(db)
    .selectFrom('rotasCalendar')
    .selectAll()
    .select((e) =>
      e
        .selectFrom('rotasHoliday')
        .whereRef('rotasHoliday.calendarId', '=', 'rotasCalendar.id')
        .select((count) => count.fn.countAll<number>().as('days'))
        .as('days'),
    )
    .where('removedAt', 'is', null);

export function calendars(db: Db, what: { limit: number; after: { name: string; id: string } | undefined }) {
  let from = calendarRows(db);
  if (what.after) from = from.where(sql<SqlBool>`(name, id) > (${what.after.name}, ${what.after.id}::uuid)`);
  return from.orderBy('name').orderBy('id').limit(what.limit).execute();
}

export function calendarById(db: Db, id: string) {
  return calendarRows(db).where('id', '=', id).executeTakeFirst();
}

/** Calendars that are read from an address. */
export function feeds(db: Db) {
  return tables(db).selectFrom('rotasCalendar').select(['id', 'url']).where('removedAt', 'is', null).where('url', 'is not', null).limit(500).execute();
}

export function holidaysOf(db: Db, what: { calendarIds: readonly string[]; from?: string; until?: string; limit: number }) {
  let from = tables(db)
    .selectFrom('rotasHoliday')
    .selectAll()
    .where(sql<SqlBool>`calendar_id = any(${[...new Set(what.calendarIds)]}::uuid[])`);
  if (what.from) from = from.where('day', '>=', what.from);
  if (what.until) from = from.where('day', '<=', what.until);
  return from.orderBy('day').limit(what.limit).execute();
}

/** Puts these days in the place of those it had; what is past and gone from a feed stays, as feeds drop old years. */
export async function setHolidays(db: Db, calendarId: string, what: { days: readonly { day: string; name: string }[]; since: string }): Promise<void> {
  await tables(db).deleteFrom('rotasHoliday').where('calendarId', '=', calendarId).where('day', '>=', what.since).execute();
  if (what.days.length === 0) return;
  await tables(db)
    .insertInto('rotasHoliday')
    .values(what.days.map(({ day, name }) => ({ calendarId, day, name })))
    .onConflict((c) => c.columns(['calendarId', 'day']).doUpdateSet((e) => ({ name: e.ref('excluded.name') })))
    .execute();
}
