import { clip, type Span, total } from '#kernel/spans.ts';
import type { ComponentState } from './states.ts';

const DAY = 86_400_000;

/** How much of the time in a state counts as down. Slowness and planned work count neither way. */
const WEIGHT: Readonly<Record<ComponentState, number>> = { operational: 0, degraded_performance: 0, under_maintenance: 0, partial_outage: 0.3, major_outage: 1 };

export interface DayShown {
  readonly day: string;
  /** From 0 to 1; null when nothing is known of the day. */
  readonly share: number | null;
}

export interface Turned {
  readonly at: number;
  readonly state: ComponentState;
}

/** States in order of time as spans, the last one lasting until now. */
export function stateSpans(turns: readonly Turned[], until: number): readonly Span<ComponentState>[] {
  return turns.flatMap(({ at, state }, i) => {
    const end = Math.min(turns[i + 1]?.at ?? until, until);
    return end > at ? [{ from: at, until: end, value: state }] : [];
  });
}

/** Uptime by day: by what was told, and where checks measured it, by the worse of both. */
export function daysOf(
  turns: readonly Turned[],
  measured: ReadonlyMap<string, number | null>,
  { now, count }: { readonly now: number; readonly count: number },
): readonly DayShown[] {
  const spans = stateSpans(turns, now);
  const today = Math.floor(now / DAY) * DAY;
  return Array.from({ length: count }, (_, i) => {
    const from = today - (count - 1 - i) * DAY;
    const day = new Date(from).toISOString().slice(0, 10);
    const inside = clip(spans, { from, until: from + DAY });
    const known = total(inside);
    const told = known === 0 ? null : 1 - inside.reduce((sum, span) => sum + (span.until - span.from) * WEIGHT[span.value], 0) / known;
    const found = measured.get(day) ?? null;
    return { day, share: told === null ? found : found === null ? told : Math.min(told, found) };
  });
}

/** Mean of the days of which something is known. */
export function shareOf(days: readonly DayShown[]): number | null {
  const known = days.flatMap(({ share }) => share ?? []);
  return known.length === 0 ? null : known.reduce((sum, share) => sum + share, 0) / known.length;
}

/** Mean over several checks, day by day; a day that none knows stays unknown. */
export function meanDays(all: readonly (readonly DayShown[])[]): ReadonlyMap<string, number | null> {
  const byDay = Map.groupBy(all.flat(), ({ day }) => day);
  return new Map([...byDay].map(([day, some]) => [day, shareOf(some)]));
}
