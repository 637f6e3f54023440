import { Unreadable } from '#kernel/foreign.ts';
import { isZone, wallOf } from '#kernel/zoned.ts';

/** A person as the other system names them. */
export interface FoundPerson {
  /** Stable in the file: the other system's id, else the address or the name. */
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
}

export const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
export type Day = (typeof DAYS)[number];

/** A window of the local week; one that ends at or before its start runs over midnight. */
export interface FoundHours {
  readonly days: Day[];
  readonly from: string;
  readonly until: string;
}

/** A layer as it is sent to the desk, with keys of people. Times are local. */
export interface FoundLayer {
  readonly name: string;
  readonly priority: number;
  readonly kind: 'hourly' | 'daily' | 'weekly' | 'monthly';
  readonly length: number;
  readonly start: string;
  readonly zone: string | null;
  readonly people: readonly (readonly string[])[];
  readonly hours: readonly FoundHours[];
  readonly turns: 'kept' | 'calendar';
  readonly from: string | null;
  readonly until: string | null;
}

export interface FoundOverride {
  readonly person: string;
  readonly from: string;
  readonly until: string;
}

export interface FoundRota {
  readonly name: string;
  readonly zone: string;
  readonly about: string;
  readonly layers: readonly FoundLayer[];
  readonly overrides: readonly FoundOverride[];
  /** What of it is not taken over, or otherwise than it was. */
  readonly notes: readonly string[];
}

export interface Found {
  readonly format: 'pagerduty' | 'opsgenie' | 'grafana-oncall';
  readonly rotas: readonly FoundRota[];
  readonly people: readonly FoundPerson[];
}

/** A part of a rota that has no counterpart here, with the sentence that says so. */
export class NoCounterpart extends Error {}

const MINUTE = 60_000;
const LAST = Date.UTC(2200, 0);
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/** `2026-03-02T09:00` in the zone; seconds are left out. Undefined when the text is no instant. */
export function localAt(zone: string, at: number): string {
  return new Date(Math.floor(wallOf(zone, at) / MINUTE) * MINUTE).toISOString().slice(0, 16);
}

export function instantIn(text: string): number | undefined {
  const at = Date.parse(text);
  return at > 0 && at < LAST ? at : undefined;
}

/** The time zone of a rota; one that is not known here would move every shift. */
export function zoneIn(zone: string, rota: string): string {
  if (zone === '') return 'UTC';
  if (!isZone(zone)) throw new Unreadable(`${rota || 'A schedule'} has the time zone ${zone}, which is not known. Write an IANA name such as Europe/Berlin in its place.`);
  return zone;
}

/** A length in seconds as whole units: what is no whole number of hours has no counterpart. */
export function rhythmOf(seconds: number): Pick<FoundLayer, 'kind' | 'length'> {
  const units = [
    ['weekly', 7 * 86_400],
    ['daily', 86_400],
    ['hourly', 3600],
  ] as const;
  for (const [kind, unit] of units) if (seconds >= unit && seconds % unit === 0 && seconds / unit <= 400) return { kind, length: seconds / unit };
  throw new NoCounterpart(`A turn of it lasts ${seconds / 60} minutes. Here a turn lasts whole hours, days, weeks or months.`);
}

/** `minutes` after Monday 00:00 and the length of a span of the week → windows of single days, those that are alike together. */
export function hoursOf(spans: readonly { readonly from: number; readonly minutes: number }[]): FoundHours[] {
  if (spans.some(({ minutes }) => minutes >= WEEK_MINUTES)) return [];
  const single = spans.flatMap(({ from, minutes }) => piecesOf(from, minutes));
  const alike = Map.groupBy(single, ({ from, until }) => `${from} ${until}`);
  return [...alike.values()].map((windows) => ({ ...windows[0]!, days: DAYS.filter((day) => windows.some(({ days }) => days.includes(day))) }));
}

/** A span of at most 24 hours stays one window, a longer one is cut at each midnight. */
function piecesOf(from: number, minutes: number): FoundHours[] {
  if (minutes <= 0) return [];
  const start = ((from % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES;
  const [day, clock] = [Math.floor(start / DAY_MINUTES), start % DAY_MINUTES];
  const first = minutes <= DAY_MINUTES ? minutes : DAY_MINUTES - clock;
  return [{ days: [DAYS[day]!], from: clockOf(clock), until: clockOf(clock + first) }, ...piecesOf(start + first, minutes - first)];
}

export function clockOf(minutes: number): string {
  const inDay = ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

/** Minutes after midnight of `08:00` or `08:00:00`. */
export function minutesOf(clock: string): number {
  const [, hours = '', minutes = ''] = /^(\d{1,2}):(\d{2})/.exec(clock) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** Layers that can be taken over; of each other one the notes say why not. */
export function layersOf<T>(
  found: readonly T[],
  name: (one: T) => string,
  map: (one: T, place: number) => FoundLayer | null,
): { readonly layers: FoundLayer[]; readonly notes: string[] } {
  const [layers, notes]: [FoundLayer[], string[]] = [[], []];
  for (const [place, one] of found.entries()) {
    try {
      const layer = map(one, place);
      if (layer) layers.push(layer);
    } catch (error) {
      if (!(error instanceof NoCounterpart)) throw error;
      notes.push(`${name(one)} is left out. ${error.message}`);
    }
  }
  return { layers, notes };
}
