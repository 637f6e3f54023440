import { Cron } from 'croner';
import { isZone } from '#kernel/zoned.ts';
import { nextCalendarTime, readCalendar } from './calendar.ts';

/** `cron`: five fields. `calendar`: systemd's OnCalendar. Both on the clock of `zone`. */
export type Schedule = { readonly kind: 'cron' | 'calendar'; readonly text: string; readonly zone: string };

const MOST_KEPT = 1_000;
const crons = new Map<string, Cron>();

function cronOf(text: string, zone: string): Cron {
  const name = `${zone} ${text}`;
  const known = crons.get(name);
  if (known) return known;
  if (crons.size >= MOST_KEPT) crons.clear();
  const cron = new Cron(text, { timezone: zone, paused: true, mode: '5-part' });
  crons.set(name, cron);
  return cron;
}

/** The first scheduled instant after `after` (epoch ms); null when there is none any more. Refuses an unreadable schedule by throwing. */
export function nextTime({ kind, text, zone }: Schedule, after: number): number | null {
  if (kind === 'calendar') return nextCalendarTime(readCalendar(text), zone, after);
  return cronOf(text, zone).nextRun(new Date(after))?.getTime() ?? null;
}

/** The sentence by which a schedule is refused, or nothing. */
export function refuseSchedule(schedule: Schedule): string | undefined {
  if (!isZone(schedule.zone)) return `${schedule.zone} is not a time zone`;
  try {
    nextTime(schedule, 0);
    return undefined;
  } catch (cause) {
    return `“${schedule.text}” is not a schedule: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}
