import { iso } from '#kernel/clock.ts';
import type { Read } from '#kernel/desk.ts';
import { visible } from '#kernel/visible.ts';
import { signedHops } from './rules/index.ts';
import * as store from './store/index.ts';

/** Something that was changed at or near a service, whoever knows of it. */
export interface ChangeFact {
  /** The same whenever it is asked for. */
  readonly key: string;
  readonly at: string;
  readonly kind: 'deployment' | 'configuration' | 'import' | 'maintenance';
  readonly title: string;
  /** Ids of the services and components it was done to. */
  readonly places: readonly string[];
  /** The record to look at, and who did it; null where there is none. */
  readonly recordId: string | null;
  readonly actorId: string | null;
  readonly link: string | null;
}

export interface ChangesAsked {
  readonly from: number;
  readonly until: number;
  /** Ids of services and components. */
  readonly places: readonly string[];
}

type Changes = (ctx: Read, asked: ChangesAsked) => Promise<readonly ChangeFact[]>;

const registered: Changes[] = [];
const MOST_PLACES = 500;
const MOST_FACTS = 200;

/** Called once at load by a capability that knows of changes. */
export function registerChanges(changes: Changes): void {
  registered.push(changes);
}

/**
 * What was changed at and near a service in a window, with how far each place is from it by the graph of then: negative towards what it
 * depends on, positive towards what depends on it.
 */
export async function changesNear(
  ctx: Read,
  { start, hops, from, until }: { readonly start: string; readonly hops: number; readonly from: number; readonly until: number },
): Promise<{ readonly facts: readonly ChangeFact[]; readonly distances: ReadonlyMap<string, number> }> {
  const at = iso(until);
  const upward = await store.distances(ctx.db, start, { towards: 'providers', hops, at });
  const downward = await store.distances(ctx.db, start, { towards: 'consumers', hops, at });
  const near = [...signedHops(start, upward, downward)].toSorted(([, a], [, b]) => Math.abs(a) - Math.abs(b)).slice(0, MOST_PLACES);
  const asked = { from, until, places: near.map(([id]) => id) };
  const facts: (readonly ChangeFact[])[] = [await logged(ctx, asked)];
  for (const changes of registered) facts.push(await changes(ctx, asked));
  return { facts: facts.flat(), distances: new Map(near) };
}

const WORDS: Readonly<Record<string, string>> = {
  'service.created': 'was put into the catalog',
  'service.changed': 'was changed',
  'service.retired': 'was retired',
  'component.created': 'was put into the catalog',
  'component.changed': 'was changed',
  'component.retired': 'was retired',
  'component.merged': 'took another component in',
  'edge.added': 'has a new dependency',
  'edge.changed': 'has a changed dependency',
  'edge.ended': 'lost a dependency',
};

/** What people and imports changed in the catalog itself. */
async function logged({ db, actor }: Read, { from, until, places }: ChangesAsked): Promise<ChangeFact[]> {
  const rows = await db
    .selectFrom('activity')
    .innerJoin('record', 'record.id', 'activity.recordId')
    .select(['activity.id', 'activity.at', 'activity.did', 'activity.actorId', 'activity.recordId', 'activity.data', 'record.title'])
    .where('activity.recordId', 'in', [...places])
    .where('activity.did', 'in', Object.keys(WORDS))
    .where('activity.at', '>=', iso(from))
    .where('activity.at', '<', iso(until))
    .where(visible(actor))
    .orderBy('activity.at', 'desc')
    .limit(MOST_FACTS)
    .execute();
  return rows.map((row) => ({
    key: `log:${row.id}`,
    at: row.at,
    kind: row.data['import'] === undefined ? ('configuration' as const) : ('import' as const),
    title: `${row.title} ${WORDS[row.did] ?? 'was changed'}`,
    places: row.recordId === null ? [] : [row.recordId],
    recordId: row.recordId,
    actorId: row.actorId,
    link: null,
  }));
}
