import { iso } from '#kernel/clock.ts';
import type { Desk, Job, Write } from '#kernel/desk.ts';
import { Unreachable } from '#kernel/outgoing.ts';
import { Problem } from '#kernel/problem.ts';
import * as store from '../store/index.ts';
import { holidaysIn, type Holiday } from './ical.ts';

const DAY = 86_400_000;
const TIMEOUT = 20_000;
const LARGEST = 2_000_000;
/** Fairness looks a year back, plans three years ahead. */
const BACK = 366 * DAY;
const AHEAD = 3 * 366 * DAY;

export const datesAround = (now: number) => ({ from: iso(now - BACK).slice(0, 10), until: iso(now + AHEAD).slice(0, 10) });

/** The days of a feed, or the sentence that says why there are none. */
export async function fetchHolidays(desk: Desk, url: string, now: number): Promise<readonly Holiday[] | string> {
  try {
    const answer = await desk.outgoing.request({ url, origin: 'typed', timeoutMs: TIMEOUT, redirects: 3, keep: LARGEST, headers: { accept: 'text/calendar' } });
    if (answer.status !== 200) return `${new URL(url).host} answered ${answer.status}. Check the address.`;
    return holidaysIn(answer.body, datesAround(now));
  } catch (cause) {
    if (cause instanceof Unreachable || cause instanceof Problem) return cause.sentence;
    throw cause;
  }
}

/** Takes in what was read; a feed that cannot be read keeps the days it had. */
export async function takeIn(ctx: Write, calendarId: string, read: readonly Holiday[] | string): Promise<void> {
  const failed = typeof read === 'string';
  const readBefore = ((await store.calendarById(ctx.db, calendarId))?.readAt ?? null) !== null;
  await store
    .tables(ctx.db)
    .updateTable('rotasCalendar')
    .set(failed ? { trouble: read } : { trouble: null, readAt: iso(ctx.now) })
    .where('id', '=', calendarId)
    .execute();
  // What has passed is what people were on call by: later readings change only what is ahead.
  const today = iso(ctx.now).slice(0, 10);
  if (!failed && readBefore) await store.setHolidays(ctx.db, calendarId, { days: read.filter(({ day }) => day >= today), since: today });
  else if (!failed) await store.setHolidays(ctx.db, calendarId, { days: read, since: datesAround(ctx.now).from });
  await ctx.record({ record: null, did: failed ? 'holidays.failed' : 'holidays.read', data: { calendar: calendarId } });
}

/** Every day, and when a calendar is added: reads what has an address. */
export async function readFeeds(job: Job): Promise<void> {
  const only: unknown = job.payload?.calendar;
  const feeds = (await job.read(({ db }) => store.feeds(db))).filter(({ id }) => typeof only !== 'string' || id === only);
  for (const { id, url } of feeds) {
    if (url === null) continue;
    const read = await fetchHolidays(job.desk, url, job.now);
    await job.write((ctx) => takeIn(ctx, id, read));
  }
}
