import { clip, subtract, total, type Span, type Window } from '#kernel/spans.ts';
import { instantOf, wallOf } from '#kernel/zoned.ts';
import { spansOf, uptimeOf, type Counted, type Turn } from './uptime.ts';

export type Outage = { readonly from: number; /** Null while it lasts. */ readonly until: number | null; readonly reason: string };
type ReasonedTurn = Turn & { readonly reason: string };

/** Stretches that counted as down, the newest first. */
export function outagesOf(turns: readonly ReasonedTurn[]): readonly Outage[] {
  const found: { from: number; until: number | null; reason: string }[] = [];
  for (const { at, countsAs, reason } of turns) {
    const last = found.at(-1);
    if (countsAs !== 'down') {
      if (last?.until === null) last.until = at;
    } else if (last?.until !== null) found.push({ from: at, until: null, reason });
  }
  return found.toReversed();
}

export interface Month {
  /** `2026-03` */
  readonly month: string;
  readonly from: number;
  readonly until: number;
  readonly downMs: number;
  readonly outages: number;
  /** Of the time that is known; null when nothing is. */
  readonly share: number | null;
  /** False for a month that was over before the check was made. */
  readonly existed: boolean;
}

interface Of {
  readonly turns: readonly ReasonedTurn[];
  /** Silence, blindness and maintenance. */
  readonly holes: readonly Window[];
  readonly madeAt: number;
}

/** The months of a zone's calendar, this one first, so many back. */
export function monthsOf({ turns, holes, madeAt }: Of, { now, months, zone }: { readonly now: number; readonly months: number; readonly zone: string }): readonly Month[] {
  const today = new Date(wallOf(zone, now));
  const startOf = (back: number) => instantOf(zone, Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1), 'first');
  const spans = spansOf(turns, now);
  return Array.from({ length: months }, (_, back) => {
    const window = { from: startOf(back), until: startOf(back - 1) };
    const { share, downMs } = uptimeOf(spans, { from: window.from, until: Math.min(window.until, now) }, holes);
    const named = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1));
    return { month: named.toISOString().slice(0, 7), ...window, downMs, share, outages: countIn(turns, { window, holes, now }), existed: window.until > madeAt };
  });
}

/** Outages with any time in the window that counts. */
function countIn(turns: readonly ReasonedTurn[], { window, holes, now }: { readonly window: Window; readonly holes: readonly Window[]; readonly now: number }): number {
  const all: Span<Counted>[] = outagesOf(turns).map(({ from, until }) => ({ from, until: until ?? now, value: 'down' }));
  return clip(all, window).filter((one) => total(subtract([one], holes)) > 0).length;
}
