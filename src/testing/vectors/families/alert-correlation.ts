import { fired, UNSEEN_GROUP, type Confirming } from '#capabilities/alerts/rules/index.ts';
import { fieldsOf, numberOf, textOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';

interface Live {
  readonly alerts: Map<string, boolean>;
  confirming: Confirming;
  firings: number;
}

/** The groups of a rule, as a batch keeps them: fired, confirmed, closed when nothing in them fires any more. */
export const alertCorrelation: Family = {
  family: 'alert-correlation',
  answer({ given, expect }): Answers {
    const rule = fieldsOf(given['rule']);
    const by = (rule['group_by'] as readonly string[] | undefined) ?? [];
    const options = { openAfter: numberOf(rule['threshold'], 1), openWithinMinutes: numberOf(rule['timeframe_seconds'], 600) / 60 };
    const groups = new Map<string, Live>();
    let at = 0;
    const after = (given['events'] as readonly unknown[]).map((one) => {
      const event = fieldsOf(one);
      at += numberOf(event['after_seconds'], 0) * 1000;
      const key = JSON.stringify(by.map((name) => textOf(event[name])));
      const known = groups.get(key);
      const open = known && [...known.alerts.values()].some(Boolean) ? known : undefined;
      const name = textOf(event['name']);
      if (event['status'] === 'firing') {
        const group = open ?? { alerts: new Map(), confirming: UNSEEN_GROUP, firings: 0 };
        group.alerts.set(name, true);
        group.firings += 1;
        group.confirming = fired(group.confirming, at, options);
        groups.set(key, group);
      } else if (open?.alerts.has(name)) open.alerts.set(name, false);
      return shown([...groups.values()]);
    });
    // A null in the expectation asserts nothing of that instant.
    const asserted = expect['after_each'] as readonly unknown[];
    return { after_each: after.map((one, place) => (asserted[place] === null ? null : one)) };
  },
};

function shown(groups: readonly Live[]) {
  const visible = groups.filter((group) => group.confirming.confirmed);
  const [first = groups[0]] = visible;
  return {
    visible: visible.length,
    hidden: groups.length - visible.length,
    alerts: first?.alerts.size ?? 0,
    status: first && [...first.alerts.values()].some(Boolean) ? 'firing' : 'resolved',
    alert_names: [...(first?.alerts.keys() ?? [])],
    unresolved_count: first?.firings ?? 0,
  };
}
