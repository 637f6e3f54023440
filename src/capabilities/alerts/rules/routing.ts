import { matchesAll, type Labels, type Matcher } from '#capabilities/mutes/rules/index.ts';

/** A node of a tree of routes. What it does not set in `options` it takes from the node above. */
export interface Route<O> {
  readonly id: string;
  readonly name: string;
  readonly matchers: readonly Matcher[];
  readonly options: Partial<O>;
  /** Look further among the routes beside it although it matched. */
  readonly goOn: boolean;
  readonly routes: readonly Route<O>[];
}

/** `path`: the routes from the top to the one taken. */
export interface Taken<O> {
  readonly path: readonly Route<O>[];
  readonly options: O;
}

/**
 * The routes that labels take through the tree, in order. Depth first: a route that matches ends the search among those
 * beside it unless it goes on, and is itself taken only when none below it matched (rule: Alertmanager `dispatch/route.go`).
 */
export function routesOf<O>(tree: Route<O>, labels: Labels, defaults: O): readonly Taken<O>[] {
  return below(tree, labels, { path: [], options: defaults });
}

function below<O>(route: Route<O>, labels: Labels, above: Taken<O>): readonly Taken<O>[] {
  if (!matchesAll(route.matchers, labels)) return [];
  const here = { path: [...above.path, route], options: { ...above.options, ...route.options } };
  const found: Taken<O>[] = [];
  for (const child of route.routes) {
    const taken = below(child, labels, here);
    found.push(...taken);
    if (taken.length > 0 && !child.goOn) break;
  }
  return found.length > 0 ? found : [here];
}

/** The values by which alerts of a route belong together; `...` stands for all labels, a missing label is empty. */
export function groupValues(labels: Labels, by: readonly string[]): readonly (readonly [string, string])[] {
  const names = by.includes('...') ? Object.keys(labels).toSorted() : by;
  return names.map((name) => [name, Object.hasOwn(labels, name) ? labels[name]! : '']);
}
