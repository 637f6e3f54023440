import { peopleByIds } from '#capabilities/people/index.ts';
import type { Ref } from '#kernel/contract.ts';
import { invalidField } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import type { Window } from '#kernel/spans.ts';
import type { Rota } from '../rules/index.ts';
import { type Seer } from './shown.ts';

/** The person of a number; null stays null. */
export async function personOf<N extends string | null>(ctx: Seer, field: string, number: N): Promise<N extends string ? Ref : Ref | null> {
  const ref = number === null ? null : await byNumber(ctx.db, ctx.actor, number);
  if (ref !== null && ref.kind !== 'person') throw invalidField(field, `${number} is not a person. Name a person, such as PER-1.`);
  return ref as N extends string ? Ref : Ref | null;
}

/** Somebody who is to come: whoever has left or never joined would not be paged, and the time would only look covered. */
export async function comingPersonOf<N extends string | null>(ctx: Seer, field: string, number: N): Promise<N extends string ? Ref : Ref | null> {
  const ref = await personOf(ctx, field, number);
  const known = ref && (await peopleByIds(ctx.db, [ref.id])).get(ref.id);
  if (known?.active === false) throw invalidField(field, `${known.name} is not active here and would not be paged. Choose somebody else.`);
  return ref;
}

/** Nobody is put on call in a time in which they are away. */
export function refuseAbsent(rota: Rota, person: Ref | null, window: Window): string | undefined {
  const away = person !== null && (rota.absences ?? []).some((one) => one.personId === person.id && one.from < window.until && one.until > window.from);
  return away ? `${person.title} is absent in this time. Choose somebody else, or take the absence back first.` : undefined;
}
