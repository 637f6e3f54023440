import { telling, type Standpoint, type Stored } from '#capabilities/checks/rules/index.ts';
import { textOf } from '../case.ts';
import type { Family } from '../case.ts';

/** What failed under maintenance is down, and nobody has been told of it. */
const before: Readonly<Record<string, Standpoint>> = {
  '': { stored: 'new', told: false },
  up: { stored: 'up', told: false },
  pending: { stored: 'pending', told: false },
  down: { stored: 'down', told: true },
  maintenance: { stored: 'down', told: false },
};
const after: Readonly<Record<string, Stored>> = { up: 'up', pending: 'pending', down: 'down', maintenance: 'down' };

export const beatTransitions: Family = {
  family: 'beat-transitions',
  answer({ given }) {
    const current = textOf(given['current']);
    const told = telling(before[textOf(given['previous'])]!, after[current]!, current === 'maintenance');
    return { important: told !== null, notify: told === 'wentDown' || told === 'cameUp' };
  },
};
