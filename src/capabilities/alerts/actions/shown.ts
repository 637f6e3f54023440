import { refsOf } from '#kernel/records/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { missing } from '#kernel/problem.ts';
import * as store from '../store/index.ts';

const HOUR = 3_600_000;
const firstHour = (now: number): number => (Math.floor(now / HOUR) - 23) * HOUR;

type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

export async function sourceRow({ db, actor }: Seer, number: string): Promise<store.SourceRow> {
  const row = await store.sourceByNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

export async function oneSource(ctx: Seer, row: store.SourceRow) {
  const [source] = await shownSources(ctx, [row]);
  if (!source) throw missing(row.number);
  return source;
}

export async function shownSources({ db, actor, now }: Seer, rows: readonly store.SourceRow[]) {
  const ids = rows.map((row) => row.id);
  const [keys, counts, hours, refs] = [
    await store.keysOf(db, ids),
    await store.rawWaiting(db, ids),
    await store.hoursSince(db, ids, iso(firstHour(now))),
    await refsOf(
      db,
      actor,
      rows.map((row) => row.serviceId),
    ),
  ];
  const countOf = (id: string, state: string) => Number(counts.find((one) => one.sourceId === id && one.state === state)?.n ?? 0);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.title,
    about: row.about,
    service: refs.get(row.serviceId ?? '') ?? null,
    version: row.version,
    lastSignalAt: row.lastSignalAt,
    lastFailure: row.lastFailure,
    lastFailureAt: row.lastFailureAt,
    standing: row.standing,
    standingSince: row.standingSince,
    quietMinutes: row.quietMinutes,
    hours: dayOf(
      hours.filter((one) => one.sourceId === row.id),
      firstHour(now),
    ),
    waiting: countOf(row.id, 'received'),
    failed: countOf(row.id, 'failed'),
    keys: keys.filter((key) => key.sourceId === row.id).map(({ sourceId: _, ...key }) => key),
  }));
}

/** Messages of each of the last 24 hours, the running one last. */
function dayOf(hours: readonly { readonly hour: string; readonly messages: number }[], first: number): number[] {
  const day = Array.from({ length: 24 }, () => 0);
  for (const { hour, messages } of hours) {
    const place = (ms(hour) - first) / HOUR;
    if (place >= 0 && place < 24) day[place] = messages;
  }
  return day;
}

/** Keys of senders that say them in the message are shown by their beginning only. */
export function masked(body: string): string {
  return body.replace(/("(?:routing_key|service_key)"\s*:\s*"[0-9a-z]{6})[0-9a-z]*/gi, '$1…');
}
