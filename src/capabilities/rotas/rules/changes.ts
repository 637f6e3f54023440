import type { Window } from '#kernel/spans.ts';
import type { Override, Rota, Swap } from './shapes.ts';
import { resolve } from './layers.ts';

/** What an override says about people, as one that overlaps it may contradict. */
export type Said = Pick<Override, 'kind' | 'personId' | 'insteadId' | 'layerId' | 'from' | 'until'>;

/** Why the fields of an override do not go together. */
export function refuseShape({ kind = 'replace', personId, insteadId = null, layerId = null }: Said): string | undefined {
  if (kind === 'add' && (personId === null || insteadId !== null)) return 'Say who is added; an addition takes nobody’s place.';
  if (kind === 'remove' && personId !== null) return 'A removal puts nobody on call. Say in `instead` whose shift ends, and leave the person out.';
  if (kind === 'remove' && insteadId === null) return 'Say in `instead` who is removed.';
  if (personId !== null && personId === insteadId) return 'Nobody takes their own place. Name somebody else.';
  return layerId !== null && kind === 'add' ? 'Somebody is added to the whole rota. Leave the layer out.' : undefined;
}

/**
 * Two that overlap contradict when one puts somebody on call whom the other takes off, or when both say who takes the same
 * person's place. Overrides of everybody follow each other: the later one wins, which is no contradiction.
 */
export function contradicts(a: Said, b: Said): boolean {
  if (a.from >= b.until || b.from >= a.until) return false;
  if (a.layerId && b.layerId && a.layerId !== b.layerId) return false;
  const takesOff = (one: Said, person: string | null) => person !== null && one.insteadId === person;
  return takesOff(a, b.personId) || takesOff(b, a.personId) || takesOff(a, b.insteadId ?? null);
}

export type SwapState = 'open' | 'taken' | 'past due' | 'withdrawn';

export function stateOf({ takenBy, from, withdrawn }: Pick<Swap, 'takenBy' | 'from'> & { readonly withdrawn: boolean }, now: number): SwapState {
  if (withdrawn) return 'withdrawn';
  if (takenBy !== null) return 'taken';
  return from <= now ? 'past due' : 'open';
}

export interface Asked {
  readonly by: string;
  /** Whom it asks; null: whoever takes it. */
  readonly toId: string | null;
  readonly state: SwapState;
}

/** Why somebody may not take a request. */
export function refuseTaking({ by, toId, state }: Asked, taker: string | null): string | undefined {
  if (taker === null) return 'Only a person takes a shift. Sign in as yourself.';
  if (state === 'taken') return 'Somebody has taken this already.';
  if (state === 'withdrawn') return 'This request was withdrawn.';
  if (state === 'past due') return 'Its time has begun and nobody took it. Ask a lead for an override.';
  if (by === taker) return 'This is your own request. Somebody else takes it; you may withdraw it.';
  return toId !== null && toId !== taker ? 'Somebody else was asked. Only they take it.' : undefined;
}

/** Whether a person is on call in some of the window: what they could hand over. */
export function hasShiftIn(rota: Rota, window: Window, personId: string): boolean {
  return resolve({ ...rota, window }).some(({ value }) => value.people.includes(personId) || value.absent.includes(personId));
}

/** Why a person in between could not hold to both: an own shift given in return needs to be one. */
export function refuseAsking(rota: Rota, { by, window, now }: { readonly by: string; readonly window: Window; readonly now: number }): string | undefined {
  if (window.until <= window.from) return 'Until is before From.';
  if (window.from <= now) return 'This has begun already. Ask a lead for an override.';
  return hasShiftIn(rota, window, by) ? undefined : 'You are not on call in this time, so there is nothing to hand over.';
}

/** People an override takes off the shifts they have, while it holds. */
export function takenOff(rota: Rota, change: Override): Set<string> {
  const window = { from: change.from, until: change.until };
  const before = resolve({ ...rota, window });
  const after = resolve({ ...rota, overrides: [...rota.overrides, { ...change, madeAt: Number.MAX_SAFE_INTEGER }], window });
  const lost = new Set<string>();
  for (const { from, until, value } of before) {
    for (const personId of value.people) {
      const kept = after.filter((span) => span.value.people.includes(personId) && span.from < until && span.until > from);
      if (kept.reduce((sum, span) => sum + Math.min(until, span.until) - Math.max(from, span.from), 0) < until - from) lost.add(personId);
    }
  }
  return lost;
}

/** A responder changes what is theirs or nobody's; a lead changes all. */
export function refuseOverriding(actorId: string | null, lead: boolean, change: { readonly off: ReadonlySet<string>; readonly personId: string | null }): string | undefined {
  if (lead) return undefined;
  if ([...change.off].some((id) => id !== actorId)) return 'This takes somebody else off call. Ask them to hand the shift over, or ask a lead.';
  return change.personId !== null && change.personId !== actorId ? 'This puts somebody else on call. Ask them with a cover request, or ask a lead.' : undefined;
}
