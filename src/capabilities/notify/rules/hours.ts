import { openIn, type Hours } from '#kernel/weekly.ts';

/** Longer than a week. */
const LOOKAHEAD_MS = 8 * 86_400_000;

export interface Held {
  /** When the contact may be used; empty is always. */
  readonly allowed: readonly Hours[];
  /** When the person wants to be left alone. */
  readonly quiet: readonly Hours[];
  readonly zone: string;
}

/**
 * Until when a message waits for the person's hours; null when it may go now. A page of high urgency never waits, and
 * hours that leave no moment of the next week hold back nothing: a mistake must not silence anybody.
 */
export function heldUntil(message: { readonly urgent: boolean }, { allowed, quiet, zone }: Held, now: number): number | null {
  if (message.urgent || (allowed.length === 0 && quiet.length === 0)) return null;
  const window = { from: now, until: now + LOOKAHEAD_MS };
  const [open, closed] = [openIn(allowed, zone, window), openIn(quiet, zone, window)];
  const free = (at: number) => (allowed.length === 0 || open.some((span) => span.from <= at && at < span.until)) && !closed.some((span) => span.from <= at && at < span.until);
  if (free(now)) return null;
  const later = [...open.map((span) => span.from), ...closed.map((span) => span.until)].filter((at) => at > now && at < now + LOOKAHEAD_MS).toSorted((a, b) => a - b);
  return later.find(free) ?? null;
}
