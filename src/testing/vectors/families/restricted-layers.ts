import { WEEKDAYS, type Hours } from '#kernel/weekly.ts';
import { resolve, type Layer } from '#capabilities/rotas/rules/index.ts';
import { numberOf, required, textOf } from '../case.ts';
import type { Family } from '../case.ts';
import { DAY, dayOf, listOf } from './rota-cases.ts';

type Given = Readonly<Record<string, unknown>>;

const UNITS = {
  hour: ['hourly', 1],
  day: ['daily', 1],
  week: ['weekly', 1],
  month: ['monthly', 1],
  year: ['monthly', 12],
} as const;

/** From a weekday's clock to another's: the first day to midnight, whole days between, the last from midnight. */
function rangeOf(range: Given): Hours[] {
  const [[first, begin] = [], [last, end] = []] = [range['from'], range['to']] as [string, string][];
  const [from, until] = [WEEKDAYS.indexOf(dayOf(first)), WEEKDAYS.indexOf(dayOf(last))];
  const days = (until - from + 7) % 7;
  if (days === 0 && textOf(begin) < textOf(end)) return [{ days: [dayOf(first)], from: textOf(begin), until: textOf(end) }];
  const whole = Array.from({ length: Math.max(0, days - 1) }, (_, i) => WEEKDAYS[(from + 1 + i) % 7]!);
  return [
    { days: [dayOf(first)], from: textOf(begin), until: '00:00' },
    ...(whole.length > 0 ? [{ days: whole, from: '00:00', until: '00:00' }] : []),
    ...(textOf(end) === '00:00' ? [] : [{ days: [dayOf(last)], from: '00:00', until: textOf(end) }]),
  ];
}

function layerOf(given: Given, at: { readonly place: number; readonly of: number; readonly zone: string }): Layer {
  const [start, first] = [required(given['start']), required(given['first_handoff'])];
  const unit = textOf(given['unit']);
  const [type, units] = UNITS[unit === 'hour' || unit === 'day' || unit === 'week' || unit === 'month' ? unit : 'year'];
  const daily = Array.isArray(given['daily']) ? [{ days: WEEKDAYS, from: textOf(given['daily'][0]), until: textOf(given['daily'][1]) }] : [];
  return {
    id: `layer ${at.place}`,
    name: `layer ${at.place}`,
    // The first wins there; here the higher number.
    priority: at.of - at.place,
    people: (Array.isArray(given['users']) ? given['users'] : []).map((user) => [textOf(user)]),
    hours: [...daily, ...listOf(given['weekly']).flatMap(rangeOf)],
    rotation: { type, length: numberOf(given['every'], 1) * units, zone: at.zone, start: first },
    firstTurn: first > start ? 1 : 0,
    from: start,
  };
}

export const restrictedLayers: Family = {
  family: 'restricted-layers',
  answer({ given, expect }) {
    const layers = listOf(given['layers']);
    const rota = { layers: layers.map((one, place) => layerOf(one, { place, of: layers.length, zone: textOf(given['time_zone'], 'UTC') })), overrides: [] };
    const start = Math.min(...layers.map((one) => required(one['start'])));
    const userIn = (from: number, until: number) => resolve({ ...rota, window: { from, until } }).map((span) => ({ ...span, user: span.value.people[0] ?? null }));
    const sequence = (from: number, until: number, most = Infinity) =>
      userIn(from, until)
        .map(({ user }) => user)
        .slice(0, most);
    const asked = given['at'] ?? expect['asked_at'] ?? (Array.isArray(expect['on_call']) ? expect['on_call'][0][0] : undefined);
    const at = asked === undefined ? start : required(asked);
    const shift = userIn(at - 60 * DAY, at + 60 * DAY).find(({ from, until }) => from <= at && at < until);
    const wanted = expect['sequence'];
    return {
      asked_at: at,
      shift_start: shift?.from ?? null,
      shift_end: shift?.until ?? null,
      on_call: pairs(expect['on_call']).map(([moment]) => [moment, userIn(required(moment), required(moment) + 1)[0]?.user ?? null]),
      next: pairs(expect['next']).map(([moment]) => {
        const next = userIn(required(moment), required(moment) + 60 * DAY).find(({ from }) => from > required(moment));
        return [moment, next?.user ?? null, next?.from ?? null];
      }),
      sequence: sequence(start, start + 60 * DAY, Array.isArray(wanted) ? wanted.length : 0),
      sequence_week_1: sequence(start, start + 7 * DAY),
      sequence_week_2: sequence(start + 7 * DAY, start + 14 * DAY),
      ...windowed(expect['window'], (from, until) => userIn(from, until).length),
    };
  },
};

const pairs = (value: unknown): [string, unknown][] => (Array.isArray(value) ? value : []);

function windowed(window: unknown, count: (from: number, until: number) => number) {
  if (!Array.isArray(window)) return {};
  return { window, shifts: count(required(window[0]), required(window[1])) };
}
