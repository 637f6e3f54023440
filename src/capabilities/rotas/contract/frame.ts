import * as z from 'zod';
import { instant, Ref, verb } from '#kernel/contract.ts';

/** What decided: a layer, an override, a swap that was taken, or temporary shifts. */
export const by = z.enum(['layer', 'override', 'swap', 'temporary']);

const OnCallNow = z
  .object({
    rota: Ref,
    team: Ref.nullable(),
    people: z.array(Ref),
    until: instant.nullable(),
    by: by.nullable(),
    next: z.array(Ref),
    nextAt: instant.nullable(),
  })
  .meta({ id: 'OnCallNow' });

export const nowVerbs = {
  now: verb('GET /rotas/now', {
    can: 'rotas.read',
    about: 'say who is on call now, and next',
    output: z.object({ items: z.array(OnCallNow), mine: z.array(z.object({ rota: Ref, until: instant.nullable() })) }),
  }),
};

/** The part of the contract that the frame of every page reads: the whole of it would be loaded before anything is seen. */
export const rotasNow = { name: 'rotas', about: '', permissions: {}, kinds: {}, events: {}, verbs: nowVerbs } as const;
