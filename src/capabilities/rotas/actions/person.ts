import type { Ref } from '#kernel/contract.ts';
import { invalidField } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import type { Window } from '#kernel/spans.ts';
import type { Rota } from '../rules/index.ts';
import { type Seer } from './shown.ts';

type Person<N> = N extends string ? Ref : Ref | null;

/** The person of a number; null stays null. */
export async function personOf<N extends string | null>(ctx: Seer, field: string, number: N): Promise<Person<N>> {
  return found(ctx, field, number, 'anybody');
}

/** Somebody who is to come: whoever has left would not be paged, and the time would only look covered. */
export async function comingPersonOf<N extends string | null>(ctx: Seer, field: string, number: N): Promise<Person<N>> {
  return found(ctx, field, number, 'who is here');
}

async function found<N extends string | null>(ctx: Seer, field: string, number: N, who: 'anybody' | 'who is here'): Promise<Person<N>> {
  const ref = number === null ? null : await byNumber(ctx.db, ctx.actor, number);
  if (ref !== null && ref.kind !== 'person') throw invalidField(field, `${number} is not a person. Name a person, such as PER-1.`);
  if (who === 'who is here' && ref?.archivedAt) throw invalidField(field, `${ref.title} has left and would not be paged. Choose somebody else.`);
  return ref as Person<N>;
}

/** Nobody is put on call in a time in which they are away. */
export function refuseAbsent(rota: Rota, person: Ref | null, window: Window): string | undefined {
  const away = person !== null && (rota.absences ?? []).some((one) => one.personId === person.id && one.from < window.until && one.until > window.from);
  return away ? `${person.title} is absent in this time. Choose somebody else, or take the absence back first.` : undefined;
}
