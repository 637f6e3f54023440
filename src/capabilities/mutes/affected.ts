import { serviceSlugs } from '#capabilities/catalog/index.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import { matchesAny, type Labels, type MuteRule } from './rules/index.ts';

/** What would be kept silent, of one kind of record. */
export interface Affected {
  readonly kind: string;
  readonly count: number;
  /** The first few of them that the viewer may see. */
  readonly examples: readonly Ref[];
}

type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;
export type AffectedSource = (ctx: Seer, sets: MuteRule['sets']) => Promise<Affected>;

const sources: AffectedSource[] = [];

/** Lets a capability say what of its own a mute would keep silent. Called when its `index.ts` is loaded. */
export function registerAffected(source: AffectedSource): void {
  sources.push(source);
}

export async function affectedBy(ctx: Seer, sets: MuteRule['sets']): Promise<readonly Affected[]> {
  if (sets.length === 0) return [];
  const found: Affected[] = [];
  for (const source of [affectedServices, ...sources]) found.push(await source(ctx, sets));
  return found;
}

export const EXAMPLES = 5;

export interface ServiceLabels {
  readonly service: string;
  readonly team: string;
  readonly tier: string;
}

/** What matchers may ask of each service that is not retired: its slug, the name of its team and its tier. Two queries for all. */
export async function serviceLabels({ db, actor }: Pick<Seer, 'db' | 'actor'>): Promise<ReadonlyMap<string, ServiceLabels>> {
  const services = await serviceSlugs(db);
  const teams = await refsOf(
    db,
    actor,
    services.map(({ teamId }) => teamId),
  );
  return new Map(services.map(({ id, slug, tier, teamId }) => [id, { service: slug, team: teams.get(teamId ?? '')?.title ?? '', tier: String(tier) }]));
}

async function affectedServices(ctx: Seer, sets: MuteRule['sets']): Promise<Affected> {
  const known = await serviceLabels(ctx);
  const hit = [...known].filter(([, labels]) => matchesAny(sets, { ...labels } satisfies Labels)).map(([id]) => id);
  const seen = await refsOf(ctx.db, ctx.actor, hit);
  return { kind: 'service', count: seen.size, examples: [...seen.values()].toSorted((a, b) => a.title.localeCompare(b.title)).slice(0, EXAMPLES) };
}
