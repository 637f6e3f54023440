import type { Options } from './options.ts';

const MINUTE = 60_000;
/** So many reopenings, each within so long of the one before, make an alert one that flaps; it is resolved after this calm. */
const FLAPS = 3;
const FLAP_WITHIN = 60 * MINUTE;
const FLAP_CALM = 10 * MINUTE;
/** A sender that says "over" only once is believed after this, however many times were asked for. */
const BELIEVED_AFTER = 10 * MINUTE;

/** Reopenings in a row and the last of them; epoch ms. */
export interface Reopened {
  readonly reopens: number;
  readonly reopenedAt: number | null;
}

/** Signals "it is over" in a row, the first of them at `calmSince`; epoch ms. */
export interface Calm {
  readonly calmSignals: number;
  readonly calmSince: number | null;
}

export const UNCALM: Calm = { calmSignals: 0, calmSince: null };

export function reopenedAgain({ reopens, reopenedAt }: Reopened, now: number): Reopened {
  return { reopens: reopenedAt !== null && now - reopenedAt <= FLAP_WITHIN ? reopens + 1 : 1, reopenedAt: now };
}

export function isFlapping({ reopens, reopenedAt }: Reopened, now: number): boolean {
  return reopens >= FLAPS && reopenedAt !== null && now - reopenedAt <= FLAP_WITHIN;
}

export function calmer({ calmSignals, calmSince }: Calm, now: number): Calm {
  return { calmSignals: calmSignals + 1, calmSince: calmSince ?? now };
}

/** The instant at which an alert whose sender says that it is over is resolved, if it does not fire before; epoch ms. */
export function resolvesAt({ calmSignals, calmSince }: Calm, options: Pick<Options, 'resolveAfter' | 'calmMinutes'>, flapping: boolean): number {
  const calm = Math.max(options.calmMinutes * MINUTE, flapping ? FLAP_CALM : 0);
  return (calmSince ?? 0) + (calmSignals >= options.resolveAfter ? calm : Math.max(calm, BELIEVED_AFTER));
}

/** Whether an alert that was resolved is the same when it fires again; instants in epoch ms. */
export function isReopened(resolvedAt: number, now: number, { reopenMinutes }: Pick<Options, 'reopenMinutes'>): boolean {
  return now - resolvedAt <= reopenMinutes * MINUTE;
}
