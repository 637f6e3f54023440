import type { Role } from '#kernel/permissions.ts';

export type Impact = 'hard' | 'soft' | 'none';
export type Lifecycle = 'planned' | 'live' | 'retiring' | 'retired';
/** One dependency by ids: the consumer needs the provider. */
export type Dependency = { readonly providerId: string; readonly consumerId: string; readonly impact: Impact };
export type Becomes = 'down' | 'degraded';
/** `hops` along the shortest way by which the failure arrives, `through` the last provider on it. */
export type Reached = { readonly becomes: Becomes; readonly hops: number; readonly through: string };

/** What a provider's state does to a consumer: a hard edge passes it on as it is, a soft one at most as degraded. */
export function passes(state: Becomes, impact: Impact): Becomes | null {
  if (impact === 'none') return null;
  return impact === 'hard' ? state : 'degraded';
}

/** Every node that falls with the failed ones, without these. Each node is visited at most once per state, so circles end. */
export function impactOf(edges: readonly Dependency[], failed: readonly string[]): ReadonlyMap<string, Reached> {
  const outward = Map.groupBy(edges, (edge) => edge.providerId);
  const sources = new Set(failed);
  const reached = { down: new Map<string, Reached>(), degraded: new Map<string, Reached>() };
  const queue: { id: string; state: Becomes; hops: number }[] = [...sources].map((id) => ({ id, state: 'down', hops: 0 }));
  for (let next = 0; next < queue.length; next += 1) {
    const { id, state, hops } = queue[next]!;
    for (const { consumerId, impact } of outward.get(id) ?? []) {
      const becomes = passes(state, impact);
      if (becomes === null || sources.has(consumerId) || reached[becomes].has(consumerId)) continue;
      reached[becomes].set(consumerId, { becomes, hops: hops + 1, through: id });
      queue.push({ id: consumerId, state: becomes, hops: hops + 1 });
    }
  }
  return new Map([...reached.degraded, ...reached.down]);
}

/** The circle that a new edge would close, as ids from its provider round to its provider; null when it closes none. */
export function cycleOf(edges: readonly Dependency[], added: Dependency): readonly string[] | null {
  if (added.impact === 'none') return null;
  const outward = Map.groupBy(
    edges.filter((edge) => edge.impact !== 'none'),
    (edge) => edge.providerId,
  );
  const cameFrom = new Map<string, string>([[added.consumerId, added.providerId]]);
  const queue = [added.consumerId];
  for (let next = 0; next < queue.length; next += 1) {
    for (const { consumerId } of outward.get(queue[next]!) ?? []) {
      if (consumerId === added.providerId) return walkBack(cameFrom, queue[next]!, added.providerId);
      if (cameFrom.has(consumerId)) continue;
      cameFrom.set(consumerId, queue[next]!);
      queue.push(consumerId);
    }
  }
  return null;
}

function walkBack(cameFrom: ReadonlyMap<string, string>, last: string, start: string): readonly string[] {
  const path = [start];
  for (let at = last; at !== start; at = cameFrom.get(at)!) path.push(at);
  return [...path, start].toReversed();
}

/** Distance of each node from the start: negative towards providers, positive towards consumers; the nearer one where both lead to it. */
export function signedHops(start: string, upward: ReadonlyMap<string, number>, downward: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const [id, hops] of downward) all.set(id, hops);
  for (const [id, hops] of upward) if (hops <= (all.get(id) ?? Infinity)) all.set(id, -hops);
  all.set(start, 0);
  return all;
}

const WORST_FIRST = ['critical', 'warning', 'good', 'unknown'] as const;
export type HealthState = (typeof WORST_FIRST)[number];
export const UNWATCHED = 'No check or alert source watches it';

/** The worst fact; what is unknown counts only when nothing else is known. */
export function worstOf<T extends { readonly state: HealthState }>(facts: readonly T[]): T | undefined {
  return facts.toSorted((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state))[0];
}

type Asker = { readonly role: Role | null; readonly leads: readonly string[]; readonly kind: 'person' | 'system' | 'anonymous' };

function leads(asker: Asker, teamId: string | null): boolean {
  return asker.kind === 'system' || asker.role === 'lead' || asker.role === 'admin' || (teamId !== null && asker.leads.includes(teamId));
}

/** Tier 1 decides who is woken at night, so giving or taking it is a lead's. */
export function refuseTier(asker: Asker, was: { readonly tier: number | null; readonly teamId: string | null }, becomes: number): string | undefined {
  if (was.tier === becomes || (was.tier !== 1 && becomes !== 1)) return undefined;
  return leads(asker, was.teamId) ? undefined : 'Making a service tier 1, or no longer tier 1, needs the role lead or a lead of its team.';
}

/** What is retired is no longer watched or paged about, so that is a lead's. */
export function refuseRetiring(asker: Asker, thing: { readonly lifecycle: Lifecycle; readonly teamId: string | null; readonly word: 'service' | 'component' }): string | undefined {
  if (thing.lifecycle === 'retired') return `This ${thing.word} is retired already.`;
  return leads(asker, thing.teamId) ? undefined : `Retiring a ${thing.word} needs the role lead or a lead of its team.`;
}

export function refuseChange({ lifecycle, word }: { readonly lifecycle: Lifecycle; readonly word: 'service' | 'component' }): string | undefined {
  return lifecycle === 'retired' ? `This ${word} is retired. Put a new one into the catalog instead.` : undefined;
}

type End = { readonly id: string; readonly kind: string; readonly number: string; readonly archivedAt: string | null };

/** An edge joins two different, living records of the catalog. */
export function refuseEdge(provider: End, consumer: End): string | undefined {
  const stranger = [provider, consumer].find((end) => end.kind !== 'service' && end.kind !== 'component');
  if (stranger) return `${stranger.number} is neither a service nor a component.`;
  if (provider.id === consumer.id) return 'A record cannot depend on itself.';
  const gone = [provider, consumer].find((end) => end.archivedAt !== null);
  return gone ? `${gone.number} is retired.` : undefined;
}

/** `Payments API (EU)` → `payments-api-eu`; empty when no letter or digit is left. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
}

export function impactSentence(failed: string, reached: readonly { readonly becomes: Becomes }[]): string {
  const count = (state: Becomes) => reached.filter((one) => one.becomes === state).length;
  const [down, degraded] = [count('down'), count('degraded')];
  if (down + degraded === 0) return `Nothing in the catalog falls when ${failed} fails.`;
  const parts = [down > 0 ? `${down} would be down` : '', degraded > 0 ? `${degraded} ${down > 0 ? '' : 'would be '}degraded` : ''].filter(Boolean);
  return `When ${failed} fails, ${parts.join(' and ')}.`;
}
