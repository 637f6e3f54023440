import type { Role } from '#kernel/permissions.ts';

export type Lifecycle = 'planned' | 'live' | 'retiring' | 'retired';

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
