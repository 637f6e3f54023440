import * as z from 'zod';
import { number, verb } from '#kernel/contract.ts';
import { local, Override, Rota } from './shapes.ts';

/** What is changed for a time, over the layers. */
export const changeVerbs = {
  override: verb('POST /rotas/{number}/overrides', {
    can: 'rotas.override',
    about: 'let somebody else (or nobody) be on call for a time, in the zone of the rota',
    input: { number, person: number.nullable(), from: local, until: local, layerId: z.uuid().nullable().default(null), note: z.string().max(300).default('') },
    output: Override,
  }),
  removeOverride: verb('POST /rotas/{number}/overrides/{overrideId}/remove', {
    can: 'rotas.override',
    about: 'take an override back',
    input: { number, overrideId: z.uuid() },
    output: Rota,
  }),
};
