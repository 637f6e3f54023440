import type { Db } from '#kernel/database.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Actor } from '#kernel/permissions.ts';
import type { Health } from './contract/index.ts';
import { UNWATCHED, worstOf, type HealthState } from './rules/index.ts';

/** One thing known about a service's state: a check, an open alert, a running incident. */
export interface Fact {
  readonly state: HealthState;
  /** A short sentence, without the service's name: "checkout probe fails for 12 min: status 503". */
  readonly words: string;
  readonly record?: Ref;
}

/** Answers facts by service id; services it knows nothing of are left out. `now` in epoch ms. */
export type HealthSource = (at: { readonly db: Db; readonly actor: Actor; readonly now: number }, serviceIds: readonly string[]) => Promise<ReadonlyMap<string, readonly Fact[]>>;

const sources = new Set<HealthSource>();

/** Lets a capability above tell how services stand. Called once, when its `index.ts` is loaded. */
export function registerHealth(source: HealthSource): void {
  sources.add(source);
}

type Seer = { readonly db: Db; readonly actor: Actor; readonly now: number };

/** All facts of each service, worst first. */
export async function factsOf({ db, actor, now }: Seer, serviceIds: readonly string[]): Promise<ReadonlyMap<string, readonly Health[]>> {
  const found = new Map<string, Health[]>(serviceIds.map((id) => [id, []]));
  if (serviceIds.length === 0) return found;
  for (const source of sources) {
    for (const [id, facts] of await source({ db, actor, now }, serviceIds)) {
      found.get(id)?.push(...facts.map(({ state, words, record }) => ({ state, words, record: record ?? null })));
    }
  }
  return found;
}

/** The worst fact as the state of a service; unknown when nothing watches it. */
export function healthOf(facts: readonly Health[] | undefined): Health {
  return worstOf(facts ?? []) ?? { state: 'unknown', words: UNWATCHED, record: null };
}
