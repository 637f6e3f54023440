import { matches, parseMatchers } from '#capabilities/mutes/rules/index.ts';
import type { Matcher } from '#capabilities/mutes/rules/index.ts';
import { textOf } from '../case.ts';
import type { Family } from '../case.ts';

export const labelMatchers: Family = {
  family: 'label-matchers',
  answer({ given }) {
    if (given['text'] === undefined) {
      const matcher = { name: 'label', op: given['op'] as Matcher['op'], value: textOf(given['value']) };
      return { match: matches(matcher, { label: textOf(given['label']) }) };
    }
    const read = parseMatchers(textOf(given['text']));
    return 'error' in read ? { error: true, sentence: read.error } : { error: false, matchers: read.matchers };
  },
};
