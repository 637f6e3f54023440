import { endedAt, matchesAny, refuseEdit, stateOf, type Labels, type MuteRule, type When } from '#capabilities/mutes/rules/index.ts';
import { fieldsOf, numberOf, type Family } from '../case.ts';

const NOW = Date.UTC(2030, 0, 9, 10, 30);
const MINUTE = 60_000;

/** Minutes relative to now. */
function windowOf(given: unknown): Extract<When, { kind: 'window' }> {
  const { starts, ends } = fieldsOf(given);
  return { kind: 'window', from: NOW + numberOf(starts, 0) * MINUTE, until: NOW + numberOf(ends, 0) * MINUTE };
}

export const silences: Family = {
  family: 'silences',
  answer({ given }) {
    if (given['labels'] !== undefined) return { silenced: matchesAny(given['matcher_sets'] as MuteRule['sets'], given['labels'] as Labels) };
    if (given['silence'] === undefined) return { can_update: refuseEdit(windowOf(given['a']), windowOf(given['b']), NOW) === undefined };
    const after = endedAt(windowOf(given['silence']), NOW);
    return { state: stateOf(after, NOW) === 'over' ? 'expired' : 'in force', after: { starts: (after.from - NOW) / MINUTE, ends: (after.until - NOW) / MINUTE } };
  },
};
