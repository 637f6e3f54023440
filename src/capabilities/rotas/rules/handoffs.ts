import type { Window } from '#kernel/spans.ts';
import { instantOf, wallOf } from '#kernel/zoned.ts';

/** A rotation hands over every `length` hours, days, weeks or months on the clock of `zone`, counted from `start` (epoch ms, one of the handovers). */
export type Rotation = {
  readonly type: 'hourly' | 'daily' | 'weekly' | 'monthly';
  readonly length: number;
  readonly zone: string;
  readonly start: number;
};

/** `turn` counts handovers since `start`: 0 for the shift that begins there, negative before it. */
export type Shift = Window & { readonly turn: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const units = { hourly: HOUR, daily: 24 * HOUR, weekly: 7 * 24 * HOUR, monthly: 30.436875 * 24 * HOUR };

/** The day of the month is clamped from the anchor: 31 January, 28 February, 31 March. */
function monthsLater(wall: number, months: number): number {
  const anchor = new Date(wall);
  const year = anchor.getUTCFullYear();
  const month = anchor.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const timeOfDay = wall - Date.UTC(year, anchor.getUTCMonth(), anchor.getUTCDate());
  return Date.UTC(year, month, Math.min(anchor.getUTCDate(), lastDay)) + timeOfDay;
}

function handovers({ type, length, zone, start }: Rotation): (turn: number) => number {
  if (!Number.isInteger(length) || length < 1) throw new RangeError(`a shift lasts a whole number of units: ${length}`);
  const anchor = Math.floor(wallOf(zone, start) / MINUTE) * MINUTE;
  return (turn) => {
    const wall = type === 'monthly' ? monthsLater(anchor, turn * length) : anchor + turn * length * units[type];
    return instantOf(zone, wall, 'first');
  };
}

/**
 * The shift that runs at the instant. Handovers keep their local time; a skipped one happens at the first instant
 * after the gap, a repeated one at its first occurrence (rule: GoAlert `schedule/rotation`). Two handovers that fall
 * on one instant become one, and the turn between them is lost, so that all later turns keep their dates.
 */
export function shiftAt(rotation: Rotation, at: number): Shift {
  const handover = handovers(rotation);
  let turn = Math.floor((at - rotation.start) / (rotation.length * units[rotation.type]));
  let from = handover(turn);
  while (from > at) from = handover((turn -= 1));
  for (let until = handover(turn + 1); ; until = handover(turn + 1)) {
    if (until > at) return { from, until, turn };
    [from, turn] = [until, turn + 1];
  }
}

/** Every shift that touches the window, whole (not clipped), in order, without a hole between them. */
export function shiftsIn(rotation: Rotation, window: Window): Shift[] {
  if (window.from >= window.until) return [];
  const handover = handovers(rotation);
  const shifts = [shiftAt(rotation, window.from)];
  for (let last = shifts[0]!; last.until < window.until;) {
    let turn = last.turn + 1;
    let until = handover(turn + 1);
    while (until <= last.until) until = handover((turn += 1) + 1);
    last = { from: last.until, until, turn };
    shifts.push(last);
  }
  return shifts;
}
