import * as z from 'zod';
import { number, page, pageInput, verb } from '#kernel/contract.ts';
import { local, Override, overrideKind, Rota, Swap, Temporary } from './shapes.ts';

const note = z.string().max(300).default('');

/** What is changed for a time, over the layers. Times are on the clock of the rota. */
export const changeVerbs = {
  override: verb('POST /rotas/{number}/overrides', {
    can: 'rotas.override',
    about: 'replace, add or remove somebody for a time; a responder changes their own shifts and those of nobody, a lead all',
    input: {
      number,
      kind: overrideKind.default('replace'),
      /** Who comes; null with `replace` is nobody, on purpose. */
      person: number.nullable().default(null),
      /** In whose place, or who is removed; without it everybody. */
      instead: number.nullable().default(null),
      from: local,
      until: local,
      layerId: z.uuid().nullable().default(null),
      note,
    },
    output: Override,
  }),
  removeOverride: verb('POST /rotas/{number}/overrides/{overrideId}/remove', {
    can: 'rotas.override',
    about: 'take an override back, from now on if it has begun',
    input: { number, overrideId: z.uuid() },
    output: Rota,
  }),
  setTemporary: verb('POST /rotas/{number}/temporary', {
    can: 'rotas.plan',
    about: 'replace the whole rota in a window by these shifts, elsewhere in it by nobody',
    input: { number, from: local, until: local, shifts: z.array(z.object({ person: number, from: local, until: local })).max(200), note },
    output: Temporary,
  }),
  clearTemporary: verb('POST /rotas/{number}/temporary/clear', {
    can: 'rotas.plan',
    about: 'end temporary shifts inside a window',
    input: { number, from: local, until: local },
    output: z.object({ items: z.array(Temporary) }),
  }),
  swaps: verb('GET /rotas/swaps', {
    can: 'rotas.read',
    about: 'list requests to take a shift that are not over, the next first',
    input: { ...pageInput, rota: number.optional(), state: z.enum(['open', 'taken']).optional() },
    output: page(Swap),
  }),
  askSwap: verb('POST /rotas/{number}/swaps', {
    can: 'rotas.override',
    about: 'ask somebody, or anybody, to take your shift, against one of theirs if you like',
    input: { number, from: local, until: local, to: number.nullable().default(null), inReturn: z.object({ from: local, until: local }).nullable().default(null), note },
    output: Swap,
  }),
  takeSwap: verb('POST /rotas/{number}/swaps/{swapId}/take', {
    can: 'rotas.override',
    about: 'take the shift that somebody asks for',
    input: { number, swapId: z.uuid() },
    output: Swap,
  }),
  withdrawSwap: verb('POST /rotas/{number}/swaps/{swapId}/withdraw', {
    can: 'rotas.override',
    about: 'withdraw a request, or decline one that asks you',
    input: { number, swapId: z.uuid() },
    output: Swap,
  }),
};
