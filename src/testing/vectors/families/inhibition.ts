import { alike, inhibitedBy, type InhibitRule } from '#capabilities/alerts/rules/index.ts';
import { fieldsOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';

type Labels = Readonly<Record<string, string>>;

export const inhibition: Family = {
  family: 'inhibition',
  answer({ given }): Answers {
    const rules = (given['rules'] as readonly (Omit<InhibitRule, 'id'> & { exclude_two_sided?: boolean })[]).map((rule, place) => ({ ...rule, id: String(place) }));
    const sources = (given['sources'] as readonly { labels: Labels; ends_in_seconds: number | null }[])
      .filter(({ ends_in_seconds: ends }) => ends === null || ends > 0)
      .map(({ labels }, place) => ({ id: `source ${place}`, labels }));
    const target = fieldsOf(given['target']) as Labels;
    // The cases of the labels alone have rules without matchers, which the product refuses.
    const [first] = rules;
    if (first?.exclude_two_sided === false) return { inhibited: sources.some(({ labels }) => alike(first.equal, labels, target)) };
    return { inhibited: inhibitedBy(rules, sources, { id: 'target', labels: target }) !== null };
  },
};
