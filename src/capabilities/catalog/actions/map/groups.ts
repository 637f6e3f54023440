import type { Ref } from '#kernel/contract.ts';
import type { Whole } from '../../graph.ts';
import type { Graph } from '../../rules/index.ts';
import type { WholeRow } from '../../store/whole.ts';

type Grouping = 'team' | 'site' | 'tier' | 'type' | 'none';
export interface Group {
  readonly key: string;
  readonly label: string;
  /** Groups stand in this order, then by label. */
  readonly rank: number;
}

const LAST = 9;
const TYPE_WORDS: Readonly<Record<string, string>> = {
  vm: 'Virtual machines',
  saas: 'SaaS',
  directory: 'Directories',
  storage: 'Storage',
  network: 'Network',
  cloud: 'Cloud',
  software: 'Software',
};
const typeLabel = (type: string) => TYPE_WORDS[type] ?? `${type.charAt(0).toUpperCase()}${type.slice(1)}s`;

/** The group of each record, by its id. */
export function groupsOf(by: Grouping, whole: Whole, teams: ReadonlyMap<string, Ref>): (row: WholeRow) => Group {
  if (by === 'tier') {
    return ({ tier }) => (tier === null ? { key: 'tier-none', label: 'Components', rank: LAST } : { key: `tier-${tier}`, label: `Tier ${tier}`, rank: tier });
  }
  if (by === 'type') return ({ type }) => (type === null ? { key: 'type-service', label: 'Services', rank: 0 } : { key: `type-${type}`, label: typeLabel(type), rank: 1 });
  if (by === 'team') {
    return ({ teamId }) => {
      const team = teams.get(teamId ?? '');
      return team ? { key: `team-${team.number}`, label: team.title, rank: 1 } : { key: 'team-none', label: 'Nobody owns it', rank: LAST };
    };
  }
  if (by === 'none') return () => ({ key: 'all', label: '', rank: 0 });
  const { rows, sees } = whole;
  const sites = sitesOf(whole);
  return ({ id }) => {
    const near = sites.get(id) ?? [];
    const site = rows.get(near[0] ?? '');
    if (!site || !sees(site.id)) return { key: 'site-none', label: 'No site known', rank: LAST };
    return near.length === 1 ? { key: `site-${site.number}`, label: site.title, rank: 1 } : { key: 'site-several', label: 'Several sites', rank: 2 };
  };
}

/** The nearest sites that each record rests on, itself if it is one. */
function sitesOf({ rows, graph }: Whole): ReadonlyMap<string, readonly string[]> {
  const near = new Map<string, readonly string[]>();
  let wave = [...rows.values()].filter(({ type }) => type === 'site').map(({ id }) => id);
  for (const id of wave) near.set(id, [id]);
  while (wave.length > 0) {
    const next = new Map<string, Set<string>>();
    for (const id of wave) {
      for (const consumer of graph.near(id, 'consumers')) {
        if (near.has(consumer)) continue;
        const found = next.get(consumer) ?? new Set();
        for (const site of near.get(id)!) found.add(site);
        next.set(consumer, found);
      }
    }
    for (const [id, found] of next) near.set(id, [...found]);
    wave = [...next.keys()];
  }
  return near;
}

/** Ids within so many hops of one record, itself included; every way is walked in one direction only, so that neighbours of neighbours stay out. */
export function around(graph: Graph, start: string, { hops, towards }: { readonly hops: number; readonly towards: 'both' | 'providers' | 'consumers' }): ReadonlySet<string> {
  const found = new Set([start]);
  for (const way of ['providers', 'consumers'] as const) {
    if (towards !== 'both' && towards !== way) continue;
    const seen = new Set([start]);
    let wave = [start];
    for (let hop = 0; hop < hops; hop += 1) wave = wave.flatMap((id) => [...graph.near(id, way)]).filter((id) => !seen.has(id) && seen.add(id));
    for (const id of seen) found.add(id);
  }
  return found;
}
