import type { StateWord } from './shape.ts';

const RESOLVED = new Set(
  'resolved resolve ok okay up recovered recovery recover clear cleared closed close normal good healthy fixed inactive green success succeeded passed end ended online restored back-to-normal'.split(
    ' ',
  ),
);
const ACKNOWLEDGED = new Set('acknowledged acknowledge acknowledgement ack acked'.split(' '));
const DENIAL = new Set('not no non never un without'.split(' '));

/** What a state says when the mapping does not: the whole word, the one before a colon ("RESOLVED: disk full"), else its last one ("alert.resolved"). Whatever is not known fires. */
export function stateOf(said: string, words: Readonly<Record<string, StateWord>>): StateWord {
  const word = said.trim().toLowerCase();
  if (Object.hasOwn(words, word)) return words[word]!;
  if (RESOLVED.has(word)) return 'resolved';
  if (ACKNOWLEDGED.has(word)) return 'acknowledged';
  const [, first = '', rest = ''] = /^[^\p{L}]*(\p{L}+)\s*[\]:]([\s\S]*)$/u.exec(word) ?? [];
  if (RESOLVED.has(first) && !DENIAL.has(rest.trim().split(/\s+/)[0] ?? '')) return 'resolved';
  const parts = word.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  if (parts.length > 6 || parts.some((part) => DENIAL.has(part))) return 'firing';
  return RESOLVED.has(last) ? 'resolved' : ACKNOWLEDGED.has(last) ? 'acknowledged' : 'firing';
}
