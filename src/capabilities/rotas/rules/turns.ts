import { wallOf } from '#kernel/zoned.ts';
import type { Rotation } from './handoffs.ts';
import { touches, WEEK, type Hours } from '#kernel/weekly.ts';

export type Turning = { readonly rotation: Rotation; readonly hours?: readonly Hours[]; readonly turns?: 'kept' | 'calendar' };

/** The smallest stretches in which a turn does not change, and the turn of each; null: the stretch uses up none. */
export type Cells = { readonly rotation: Rotation; readonly turnOf: (cell: number) => number | null };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Turns count handovers. Where they are kept, what lies wholly outside of the hours does not count: of a daily rotation each
 * day by itself (so two days each are two days on which somebody is on call), of an hourly one each shift. A week or a month
 * always meets the hours. The hours repeat by the week, so that counting needs one table however far away the start is.
 */
export function cellsOf({ rotation, hours = [], turns = 'kept' }: Turning): Cells {
  if (hours.length === 0 || turns === 'calendar' || rotation.type === 'weekly' || rotation.type === 'monthly') return { rotation, turnOf: (cell) => cell };
  const daily = rotation.type === 'daily';
  const size = daily ? DAY : rotation.length * HOUR;
  const each = daily ? rotation.length : 1;
  const cycle = leastCommon(size, WEEK) / size;
  const anchor = wallOf(rotation.zone, rotation.start);
  const before: number[] = [];
  const active: boolean[] = [];
  let count = 0;
  for (let cell = 0; cell < cycle; cell += 1) {
    before.push(count);
    active.push(touches(hours, { from: anchor + cell * size, until: anchor + (cell + 1) * size }));
    if (active[cell]) count += 1;
  }
  return {
    rotation: daily ? { ...rotation, length: 1 } : rotation,
    turnOf(cell) {
      const round = Math.floor(cell / cycle);
      const place = cell - round * cycle;
      return active[place] ? Math.floor((round * count + before[place]!) / each) : null;
    },
  };
}

function leastCommon(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
