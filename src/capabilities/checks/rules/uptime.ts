import { clip, subtract, total } from '#kernel/spans.ts';
import type { Span, Window } from '#kernel/spans.ts';

export type Counted = 'up' | 'down' | 'none';
export type Turn = { readonly at: number; readonly countsAs: Counted };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Turns in order of time as spans, the last one lasting until `until`. */
export function spansOf(turns: readonly Turn[], until: number): readonly Span<Counted>[] {
  return turns.flatMap(({ at, countsAs }, i) => {
    const end = turns[i + 1]?.at ?? until;
    return end > at ? [{ from: at, until: end, value: countsAs }] : [];
  });
}

/** Hours of a window in which a probe gave no result at all: they count neither way (a silent monitor proves nothing). */
export function silentHours(withResults: readonly number[], window: Window): readonly Window[] {
  const known = new Set(withResults);
  const silent: Window[] = [];
  for (let hour = Math.floor(window.from / HOUR) * HOUR; hour < window.until; hour += HOUR) {
    if (!known.has(hour)) silent.push({ from: hour, until: hour + HOUR });
  }
  return silent;
}

/** `share` from 0 to 1, null when nothing is known of the window. */
export type Uptime = { readonly share: number | null; readonly upMs: number; readonly downMs: number };

export function uptimeOf(spans: readonly Span<Counted>[], window: Window, silent: readonly Window[]): Uptime {
  const known = subtract(clip(spans, window), silent);
  const [upMs, downMs] = [total(known.filter((span) => span.value === 'up')), total(known.filter((span) => span.value === 'down'))];
  return { share: upMs + downMs === 0 ? null : upMs / (upMs + downMs), upMs, downMs };
}

/** One bucket per UTC day, the oldest first, today last. */
export function dailyUptime(spans: readonly Span<Counted>[], silent: readonly Window[], { until, days }: { readonly until: number; readonly days: number }) {
  const today = Math.floor(until / DAY) * DAY;
  return Array.from({ length: days }, (_, i) => {
    const from = today - (days - 1 - i) * DAY;
    const { share, downMs } = uptimeOf(spans, { from, until: Math.min(from + DAY, until) }, silent);
    return { day: new Date(from).toISOString().slice(0, 10), share, downMinutes: Math.round(downMs / 60_000) };
  });
}
