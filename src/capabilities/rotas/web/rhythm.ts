import { WEEKDAYS, type Hours } from '#kernel/weekly.ts';
import type { Layer } from './layer-values.ts';

const SHORT = { mo: 'Mon', tu: 'Tue', we: 'Wed', th: 'Thu', fr: 'Fri', sa: 'Sat', su: 'Sun' } as const;

type Rhythm = Pick<Layer, 'kind' | 'length' | 'start'> & {
  readonly hours?: readonly Hours[] | undefined;
  readonly zone?: string | null | undefined;
  readonly shadow?: boolean | undefined;
};

/** "weekly, Mon 09:00" on the clock of the layer, then its hours, its zone and that it is a shadow. */
export function rhythmOf({ kind, length, start, hours = [], zone, shadow }: Rhythm): string {
  const every = length === 1 ? kind : `every ${length} ${{ hourly: 'hours', daily: 'days', weekly: 'weeks', monthly: 'months' }[kind]}`;
  const [day = '', clock = ''] = start.split('T');
  const weekday = new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { weekday: 'short', timeZone: 'UTC' });
  const parts = [
    every,
    kind === 'weekly' ? `${weekday} ${clock}` : clock,
    hours.map(hoursText).join(' and '),
    zone?.split('/').at(-1)?.replaceAll('_', ' '),
    shadow ? 'shadow' : '',
  ];
  return parts.filter(Boolean).join(', ');
}

/** "Mon–Fri 09:00–17:00". */
function hoursText({ days, from, until }: Hours): string {
  const places = days.map((day) => WEEKDAYS.indexOf(day));
  const isRow = places.length > 2 && places.every((place, i) => i === 0 || place === places[i - 1]! + 1);
  const named = days.length === 7 ? 'daily' : isRow ? `${SHORT[days[0]!]}–${SHORT[days.at(-1)!]}` : days.map((day) => SHORT[day]).join(', ');
  return `${named} ${from}–${until}`;
}
