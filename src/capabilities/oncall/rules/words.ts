import { ALWAYS_HIGH, timesWords, whenWords, type UrgencyRule } from './conditions.ts';
import type { Policy, Step, Target } from './escalation.ts';

function together(names: readonly string[], word: string): string {
  return names.length < 2 ? (names[0] ?? 'nobody') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** "5 minutes", "2 hours", "34 hours 18 minutes". */
export function lengthWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const of = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  return hours === 0 ? of(rest, 'minute') : rest === 0 ? of(hours, 'hour') : `${of(hours, 'hour')} ${of(rest, 'minute')}`;
}

function stepWords(step: Step, nameOf: (target: Target) => string): string {
  const names = together(step.targets.map(nameOf), 'and');
  const when = whenWords(step.when ?? {});
  const who = step.turns ? `one of ${names} in turn` : names;
  return `${who}${step.everyone ? ', each until they acknowledge' : ''}${when ? ` (${when})` : ''}`;
}

function urgencyWords({ by, support }: UrgencyRule): string {
  const hours = support === null ? '' : `outside of ${timesWords(support)}`;
  if (by === 'support') return ` ${hours ? `Low urgency ${hours}: it waits for support hours.` : ''}`;
  if (by === 'severity') return ` Warnings and infos are of low urgency: they do not escalate${hours ? `, and wait ${hours}` : ''}.`;
  return '';
}

/** A policy in words: "Pages Payments; after 5 minutes Ada Ek; begins again once; then the administrators." */
export function policyWords({ steps, repeat, urgency = ALWAYS_HIGH, answerMinutes = 0 }: Policy, nameOf: (target: Target) => string): string {
  const ladder = steps.map((step, at) => `${at === 0 ? 'Pages' : `after ${lengthWords(steps[at - 1]!.waitMinutes)}`} ${stepWords(step, nameOf)}`);
  const again = repeat === 0 ? [] : [`begins again ${repeat === 1 ? 'once' : `${repeat} times`}`];
  const holds = answerMinutes > 0 ? ` An acknowledgement holds ${lengthWords(answerMinutes)}.` : '';
  return `${[...ladder, ...again, 'then the administrators'].join('; ')}.${urgencyWords(urgency)}${holds}`.replaceAll('  ', ' ');
}
