import type { Read } from '#kernel/desk.ts';
import { NOBODY } from '#kernel/permissions.ts';
import { wholeOf, type Whole } from './graph.ts';
import { explained, HIDDEN, servicesAbove, type Failure } from './rules/index.ts';
import { componentsCalled } from './store/called.ts';

/** What probes notice within this time of each other may be one failure, whichever of them was first. */
const SLACK_MS = 10 * 60_000;

export interface Explanation {
  /** Id of the record whose failure explains it. */
  readonly root: string;
  readonly sentence: string;
}

/** The graph with the names that everybody may read: what is written down is read by all. */
function openly(ctx: Read): Promise<Whole> {
  return wholeOf({ ...ctx, actor: NOBODY });
}

function nameIn({ rows, sees }: Whole): (id: string) => string {
  return (id) => (sees(id) ? (rows.get(id)?.title ?? HIDDEN) : HIDDEN);
}

/** Which of these failures follow from others, by the graph of now; by the id of the record that fell. */
export async function explainFailures(ctx: Read, failures: readonly Failure[]): Promise<ReadonlyMap<string, Explanation>> {
  if (failures.length < 2) return new Map();
  const whole = await openly(ctx);
  const nameOf = nameIn(whole);
  return new Map(
    [...explained(whole.graph, failures, SLACK_MS)].map(([id, { root, path }]) => {
      const between = path.slice(1, -1).map(nameOf);
      const way = between.length === 0 ? '' : `, by way of ${between.slice(0, 3).join(' and ')}${between.length > 3 ? ' and others' : ''}`;
      return [id, { root, sentence: `${nameOf(id)} falls because ${nameOf(root)} failed${way}.` }];
    }),
  );
}

/** What stands behind a name of a host or an address. */
export interface Carried {
  readonly componentId: string;
  /** The most important service above it; null when no service uses it. */
  readonly serviceId: string | null;
  readonly sentence: string;
}

/** Components by name or address (case does not matter) with the service that an alert about them is for. */
export async function carriedBy(ctx: Read, names: readonly string[]): Promise<ReadonlyMap<string, Carried>> {
  if (names.length === 0) return new Map();
  const components = await componentsCalled(ctx.db, names);
  if (components.length === 0) return new Map();
  const whole = await openly(ctx);
  const nameOf = nameIn(whole);
  const found = new Map<string, Carried>();
  for (const { id, called } of components) {
    if (found.has(called) || !whole.rows.has(id)) continue;
    const services = servicesAbove(whole.graph, id).toSorted((a, b) => importance(whole, a) - importance(whole, b) || (a < b ? -1 : 1));
    const [most] = services;
    const what = `${nameOf(id)} by the name “${called}”`;
    found.set(called, {
      componentId: id,
      serviceId: most ?? null,
      sentence: !most
        ? `It is about ${what}, which no service uses.`
        : services.length === 1
          ? `It is about ${what}, which ${nameOf(most)} uses.`
          : `It is about ${what}, which ${services.length} services use; ${nameOf(most)} is the most important.`,
    });
  }
  return found;
}

function importance({ rows }: Whole, id: string): number {
  const row = rows.get(id);
  return (row?.tier ?? 9) * 1e12 - (row?.usersAffected ?? 0);
}
