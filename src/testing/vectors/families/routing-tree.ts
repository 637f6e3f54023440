import { routesOf, type Route } from '#capabilities/alerts/rules/index.ts';
import type { Matcher } from '#capabilities/mutes/rules/index.ts';
import { fieldsOf, numberOf, textOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';

interface Options {
  readonly receiver: string;
  readonly groupBy: readonly string[];
  readonly groupWait: number;
  readonly groupInterval: number;
  readonly repeatInterval: number;
}

const defaults: Options = { receiver: '', groupBy: [], groupWait: 30, groupInterval: 300, repeatInterval: 14_400 };

function routeOf(given: unknown): Route<Options> {
  const tree = fieldsOf(given);
  const set = {
    receiver: tree['receiver'],
    groupBy: tree['group_by'],
    groupWait: tree['group_wait'],
    groupInterval: tree['group_interval'],
    repeatInterval: tree['repeat_interval'],
  };
  return {
    id: '',
    name: textOf(tree['name']),
    matchers: (tree['match'] as readonly Matcher[] | undefined) ?? [],
    goOn: tree['continue'] === true,
    options: Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)),
    routes: ((tree['routes'] as readonly unknown[] | undefined) ?? []).map(routeOf),
  };
}

export const routingTree: Family = {
  family: 'routing-tree',
  answer({ given }): Answers {
    const labels = fieldsOf(given['labels']) as Readonly<Record<string, string>>;
    return {
      routes: routesOf(routeOf(given['tree']), labels, defaults).map(({ options }) => ({
        receiver: options.receiver,
        group_by: options.groupBy.filter((name) => name !== '...'),
        group_by_all: options.groupBy.includes('...'),
        group_wait: numberOf(options.groupWait, 0),
        group_interval: options.groupInterval,
        repeat_interval: options.repeatInterval,
      })),
    };
  },
};
