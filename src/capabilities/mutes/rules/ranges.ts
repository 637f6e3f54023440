/** From the first to the last, both included. Days of a month may count from its end: -1 is the last. */
export type Range = { readonly from: number; readonly until: number };

/** Fields of a time interval that are written as ranges. */
export const RANGE_FIELDS = ['weekdays', 'daysOfMonth', 'months', 'years'] as const;
export type RangeField = (typeof RANGE_FIELDS)[number];

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

interface Kind {
  readonly names: readonly string[];
  readonly least: number;
  readonly most: number;
  readonly what: string;
}

const kinds: Readonly<Record<RangeField, Kind>> = {
  weekdays: { names: WEEKDAYS, least: 1, most: 7, what: 'a weekday such as monday' },
  daysOfMonth: { names: [], least: -31, most: 31, what: 'a day from 1 to 31, or from -1 (the last) to -31' },
  months: { names: MONTHS, least: 1, most: 12, what: 'a month such as march, or its number' },
  years: { names: [], least: 1970, most: 2199, what: 'a year such as 2027' },
};

/** The sentence by which a range of the field is refused, or nothing. */
export function refuseRange(field: RangeField, { from, until }: Range): string | undefined {
  const { least, most, what } = kinds[field];
  for (const one of [from, until]) if (!Number.isInteger(one) || one < least || one > most || (field === 'daysOfMonth' && one === 0)) return `${one} is not ${what}.`;
  const isMixed = field === 'daysOfMonth' && from < 0 && until > 0 && !isWholeMonth({ from, until });
  if (isMixed) return `${from}:${until} counts from the end of the month to a day from its start. Write both the same way.`;
  const isBackward = field === 'daysOfMonth' ? from < 0 === until < 0 && until < from : until < from;
  if (isBackward || mayEndBeforeItBegins(field, { from, until })) return `${written(field, from)}:${written(field, until)} ends before it begins. Write two ranges.`;
  return undefined;
}

const isWholeMonth = ({ from, until }: Range) => from === -31 && until === 31;

/** `10:-25` would end before it begins even in the longest month. */
function mayEndBeforeItBegins(field: RangeField, { from, until }: Range): boolean {
  return field === 'daysOfMonth' && from > 0 && until < 0 && 32 + until < from;
}

function written(field: RangeField, value: number): string {
  const { names } = kinds[field];
  return names[value - 1] ?? String(value);
}

function valueOf(field: RangeField, text: string): number | undefined {
  const { names } = kinds[field];
  const named = names.findIndex((name) => name === text || (text.length === 3 && name.startsWith(text)));
  if (named >= 0) return named + 1;
  if (field === 'weekdays') return undefined;
  return /^-?\d{1,4}$/.test(text) ? Number(text) : undefined;
}

/** Reads `monday:friday`, `1:7, -1`, `january:march` or `2026:2028`. Empty text restricts nothing. */
export function readRanges(field: RangeField, text: string): { readonly ranges: readonly Range[] } | { readonly error: string } {
  const ranges: Range[] = [];
  for (const part of text.split(',')) {
    const said = part.trim().toLowerCase();
    if (said === '') continue;
    const [first = '', last = first, ...more] = said.split(':').map((one) => one.trim());
    const [from, until] = [valueOf(field, first), valueOf(field, last)];
    if (from === undefined || until === undefined || more.length > 0)
      return { error: `“${part.trim()}” is not ${kinds[field].what}, nor a range of them such as ${example(field)}.` };
    const refusal = refuseRange(field, { from, until });
    if (refusal) return { error: refusal };
    ranges.push({ from, until });
  }
  return { ranges };
}

function example(field: RangeField): string {
  return { weekdays: 'monday:friday', daysOfMonth: '1:7', months: 'june:august', years: '2026:2028' }[field];
}

/** The text that `readRanges` reads back as the same ranges. */
export function writeRanges(field: RangeField, ranges: readonly Range[]): string {
  return ranges.map(({ from, until }) => (from === until ? written(field, from) : `${written(field, from)}:${written(field, until)}`)).join(', ');
}

export function within(ranges: readonly Range[], value: number): boolean {
  return ranges.length === 0 || ranges.some(({ from, until }) => value >= from && value <= until);
}

/** Days are clamped to the month; a range that begins behind its end is empty (rule: Alertmanager `timeinterval`). */
export function withinMonth(ranges: readonly Range[], { day, days }: { readonly day: number; readonly days: number }): boolean {
  if (ranges.length === 0) return true;
  const fromStart = (one: number) => (one < 0 ? days + one + 1 : one);
  return ranges.some(({ from, until }) => {
    if (fromStart(from) > days) return false;
    return day >= Math.max(1, fromStart(from)) && day <= Math.min(days, fromStart(until));
  });
}
