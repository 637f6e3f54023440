import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { invalidField, missing } from '#kernel/problem.ts';
import type { rotas } from '../contract/index.ts';
import { datesAround, takeIn } from '../holidays/feed.ts';
import { holidaysIn } from '../holidays/ical.ts';
import * as store from '../store/index.ts';
import { type Seer } from './shown.ts';

type Holidays = Pick<Actions<typeof rotas>, 'calendars' | 'addCalendar' | 'readCalendar' | 'holidays' | 'removeCalendar'>;

export const holidayActions: Holidays = {
  async calendars({ db }, { limit, cursor }) {
    const [name, id] = keyOf(cursor, 2);
    const rows = await store.calendars(db, { limit: limit + 1, after: name !== undefined && id ? { name, id } : undefined });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: rows.slice(0, limit).map(shownCalendar), cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async addCalendar(ctx, { name, url, text }) {
    if ((url === undefined) === (text === undefined)) throw invalidField('url', 'Give either an address that is read every day, or the text of a file.');
    const id = uuidv7(ctx.now);
    await store
      .tables(ctx.db)
      .insertInto('rotasCalendar')
      .values({ id, name, url: url ?? null, readAt: null, trouble: null, createdAt: iso(ctx.now), removedAt: null })
      .execute();
    await ctx.record({ record: null, did: 'holidays.added', data: { calendar: id, name } });
    if (text !== undefined) await takeIn(ctx, id, holidaysIn(text, datesAround(ctx.now)));
    else await ctx.enqueue('rotas.readHolidays', { calendar: id });
    return calendarOf(ctx, id);
  },

  async readCalendar(ctx, { calendarId, text }) {
    const calendar = await calendarOf(ctx, calendarId);
    if (text === undefined && calendar.url === null) throw invalidField('text', 'This calendar has no address. Give the text of its file.');
    if (text === undefined) {
      await ctx.enqueue('rotas.readHolidays', { calendar: calendarId });
      ctx.unchanged();
    } else await takeIn(ctx, calendarId, holidaysIn(text, datesAround(ctx.now)));
    return calendarOf(ctx, calendarId);
  },

  async holidays(ctx, { calendarId, limit, cursor }) {
    await calendarOf(ctx, calendarId);
    const [from] = keyOf(cursor, 1);
    const rows = await store.holidaysOf(ctx.db, { calendarIds: [calendarId], limit: limit + 1, ...(from !== undefined && { from }) });
    const next = rows[limit];
    return { items: rows.slice(0, limit).map(({ day, name }) => ({ day, name })), cursor: next ? cursorOf([next.day]) : null };
  },

  async removeCalendar(ctx, { calendarId }) {
    const calendar = await calendarOf(ctx, calendarId);
    await store.tables(ctx.db).updateTable('rotasRota').set({ calendarId: null }).where('calendarId', '=', calendarId).execute();
    await store
      .tables(ctx.db)
      .updateTable('rotasCalendar')
      .set({ removedAt: iso(ctx.now) })
      .where('id', '=', calendarId)
      .execute();
    await ctx.record({ record: null, did: 'holidays.removed', data: { calendar: calendarId } });
    return calendar;
  },
};

type Row = Awaited<ReturnType<typeof store.calendars>>[number];

const shownCalendar = ({ id, name, url, readAt, trouble, days }: Row) => ({ id, name, url, readAt, trouble, days: Number(days) });

async function calendarOf({ db }: Seer, id: string) {
  const row = await store.calendarById(db, id);
  if (!row) throw missing('This calendar');
  return shownCalendar(row);
}
