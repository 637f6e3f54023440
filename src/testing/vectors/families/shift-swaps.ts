import { refuseTaking, resolve, stateOf, withRequests, type Rota, type Swap, type SwapState } from '#capabilities/rotas/rules/index.ts';
import { fieldsOf, numberOf, textOf } from '../case.ts';
import type { Family } from '../case.ts';
import { clockOf, HOUR, steady } from './rota-cases.ts';

type Given = Readonly<Record<string, unknown>>;

const START = Date.UTC(2030, 0, 7);
const ALL = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
const STATES: readonly SwapState[] = ['open', 'taken', 'past due', 'withdrawn'];

function swapOf(given: Given): Swap {
  const from = numberOf(given['from_hour'], numberOf(given['starts_in_days'], 0) * 24);
  return {
    id: 'swap',
    by: textOf(given['by'], 'A'),
    from: START + from * HOUR,
    until: START + numberOf(given['to_hour'], from + 24) * HOUR,
    takenBy: textOf(given['taken_by']) || null,
  };
}

function shiftsIn(given: Given) {
  const [shift, swap] = [fieldsOf(given['shift']), swapOf(fieldsOf(given['swap']))];
  const start = numberOf(shift['start_hour'], 0);
  const hours = [{ days: ALL, from: clockOf(start * 60), until: clockOf((start + numberOf(shift['hours'], 0)) * 60) }];
  const rota: Rota = { layers: [steady('shift', textOf(shift['user']), { zone: 'UTC', hours })], overrides: [], swaps: [swap] };
  const at = given['at_hour'];
  const [from = 0, until = 72] = Array.isArray(given['window_hours']) ? given['window_hours'].map(Number) : [];
  const spans = withRequests(resolve({ ...rota, window: { from: START + from * HOUR, until: START + until * HOUR } }), given['ignore_untaken'] === true ? [] : [swap], START);
  return spans
    .map((span) => ({ start_hour: (span.from - START) / HOUR, hours: (span.until - span.from) / HOUR, user: span.value.people[0] ?? null, swap: span.value.swapId !== null }))
    .filter((one) => typeof at !== 'number' || (one.start_hour <= at && one.start_hour + one.hours > at));
}

export const shiftSwaps: Family = {
  family: 'shift-swaps',
  answer({ given, expect }) {
    if (expect['may_take'] !== undefined) {
      const state = STATES.find((one) => one === textOf(given['status']).replace('_', ' ')) ?? 'withdrawn';
      return { may_take: refuseTaking({ by: textOf(given['by']), toId: null, state }, textOf(given['taker'])) === undefined };
    }
    if (expect['status'] === undefined) return { shifts: shiftsIn(given) };
    const swap = fieldsOf(given['swap']);
    const state = stateOf({ ...swapOf(swap), withdrawn: swap['deleted'] === true }, START);
    return { status: state === 'past due' ? 'past_due' : state === 'withdrawn' ? 'deleted' : state };
  },
};
