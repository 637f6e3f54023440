import { instantOf, wallOf, type Wall } from '#web/ui/time.ts';

export const SPANS = ['week', 'two', 'month'] as const;
export type Span = (typeof SPANS)[number];
export const spanOf = (said: string | undefined): Span => SPANS.find((span) => span === said) ?? 'two';

export interface Window {
  readonly from: number;
  readonly until: number;
  /** First day: 2026-11-16. */
  readonly day: string;
}

const two = (n: number) => String(n).padStart(2, '0');
const midnight = (date: Date, zone: string) =>
  instantOf({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour: 0, minute: 0, second: 0 }, zone);
const moved = (date: Date, days: number) => new Date(date.getTime() + days * 86_400_000);
const dateOf = ({ year, month, day }: Wall) => new Date(Date.UTC(year, month - 1, day));
const written = (date: Date) => date.toISOString().slice(0, 10);

/** The window that holds the anchor day: weeks begin on Monday, months on the 1st, on the clock of the rota. */
export function windowOf(span: Span, anchor: string | undefined, { now, zone }: { readonly now: number; readonly zone: string }): Window {
  const typed = /^\d{4}-\d{2}-\d{2}$/.test(anchor ?? '') ? new Date(`${anchor}T00:00:00Z`) : undefined;
  const day = typed && !Number.isNaN(typed.getTime()) ? typed : dateOf(wallOf(now, zone));
  const start = span === 'month' ? new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1)) : moved(day, -((day.getUTCDay() + 6) % 7));
  const end = endOf(span, start);
  return { from: midnight(start, zone), until: midnight(end, zone), day: written(start) };
}

function endOf(span: Span, start: Date): Date {
  if (span === 'month') return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
  return moved(start, span === 'week' ? 7 : 14);
}

/** First day of the window before (−1) or after (1). */
export function stepFrom(span: Span, day: string, by: 1 | -1): string {
  const start = new Date(`${day}T00:00:00Z`);
  if (span === 'month') return written(new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + by, 1)));
  return written(moved(start, by * (span === 'week' ? 7 : 14)));
}

/** An instant as the wall clock of the zone, for an input: 2026-11-21T09:00. */
export function localOf(at: number | string, zone: string): string {
  const { year, month, day, hour, minute } = wallOf(at, zone);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}
