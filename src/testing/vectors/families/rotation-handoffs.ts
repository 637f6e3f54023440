import { shiftAt, shiftsIn } from '#capabilities/rotas/rules/index.ts';
import type { Rotation } from '#capabilities/rotas/rules/index.ts';
import { fieldsOf, numberOf, required, textOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';

/** Asks at every step, as the source does, and then once for the whole window: both must say the same. */
function walk(rotation: Rotation, given: Readonly<Record<string, unknown>>): Answers {
  const [from, to] = [required(given['from']), required(given['to'])];
  const step = numberOf(given['step_seconds'], 30) * 1000;
  const seen = new Set<number>();
  for (let at = from; at <= to; at += step) {
    const shift = shiftAt(rotation, at);
    seen.add(shift.from).add(shift.until);
  }
  const handoffs = [...seen].sort((a, b) => a - b);
  const shifts = shiftsIn(rotation, { from, until: to + 1 });
  const whole = [shifts[0]!.from, ...shifts.map((shift) => shift.until)];
  if (whole.join() !== handoffs.join()) throw new Error(`shiftsIn and shiftAt differ: ${whole.join()} and ${handoffs.join()}`);
  return { handoffs };
}

export const rotationHandoffs: Family = {
  family: 'rotation-handoffs',
  answer({ given }) {
    const rotation: Rotation = {
      type: given['type'] as Rotation['type'],
      length: numberOf(given['shift_length'], 1),
      zone: textOf(given['time_zone']),
      start: required(given['start']),
    };
    if (given['walk'] !== undefined) return walk(rotation, fieldsOf(given['walk']));
    const { from, until } = shiftAt(rotation, required(given['at']));
    return { shift_start: from, shift_end: until, elapsed_hours: (until - from) / 3_600_000 };
  },
};
