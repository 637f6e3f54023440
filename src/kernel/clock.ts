/** The one clock of a desk. Instants are epoch milliseconds; tests and replays move it. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export interface MovableClock extends Clock {
  set(to: number): void;
}

export function movableClock(start: number): MovableClock {
  let at = start;
  return {
    now: () => at,
    set: (to) => {
      at = to;
    },
  };
}

/** RFC 3339 in UTC with milliseconds. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function ms(instant: string): number {
  return Date.parse(instant);
}
