// In a file of their own: contracts name them, and what a page loads first must not bring the matchers along.

export const HOLDS = ['muted', 'inhibited', 'unconfirmed', 'settling'] as const;
/** Why nobody is told yet: a mute, another alert that explains it, too few signals, or the wait for what passes by itself. */
export type Hold = (typeof HOLDS)[number];

export const OUTCOMES = ['page', 'ticket', 'log'] as const;
/** `page`: somebody is woken. `ticket`: an action for the next working day. `log`: shown, nobody is told. */
export type Outcome = (typeof OUTCOMES)[number];
