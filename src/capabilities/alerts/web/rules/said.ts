import { lengthOf, SECOND } from '#web/ui/time.ts';
import { DEFAULTS } from '../../rules/index.ts';
import type { Rule, SomeOptions } from './draft.ts';
import { words } from './words.ts';

const text = words.said;

/** Names of policies by their numbers. */
export type PolicyNames = ReadonlyMap<string, string>;

const groups = (labels: readonly string[]) => (labels.includes('...') ? text.alone : labels.length ? text.alike(labels.join(', ')) : text.all);

/** What options do, one phrase for each that is set. */
export function phrasesOf(set: SomeOptions, names: PolicyNames): readonly string[] {
  const { policy, groupBy, openAfter, openWithinMinutes, resolveAfter, calmMinutes, reopenMinutes, holdSeconds } = set;
  return [
    policy === undefined ? '' : policy === null ? text.own : text.by(names.get(policy) ?? policy),
    groupBy ? groups(groupBy) : '',
    holdSeconds ? text.hold(lengthOf(holdSeconds * SECOND)) : '',
    openAfter && openAfter > 1 ? text.signals(openAfter, openWithinMinutes ?? DEFAULTS.openWithinMinutes) : '',
    resolveAfter && resolveAfter > 1 ? text.resolve(resolveAfter) : '',
    calmMinutes ? text.calm(calmMinutes) : '',
    reopenMinutes === undefined ? '' : text.reopen(reopenMinutes),
  ].filter(Boolean);
}

/** One line for a rule that is not being changed; its outcome stands beside its name. */
export const ruleSaid = ({ set, goOn }: Rule, names: PolicyNames): string => [...phrasesOf(set, names), ...(goOn ? [text.goOn] : [])].join(' · ');
