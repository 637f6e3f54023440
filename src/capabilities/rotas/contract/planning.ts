import * as z from 'zod';
import { mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';
import { layerInput, Rota, zone } from './shapes.ts';

/** Rotas and their layers. */
export const planningVerbs = {
  list: verb('GET /rotas', { can: 'rotas.read', about: 'list rotas', input: { ...pageInput, q: z.string().max(100).optional() }, output: page(Rota) }),
  get: verb('GET /rotas/{number}', {
    can: 'rotas.read',
    about: 'look at a rota',
    input: { number },
    output: z.object({ rota: Rota, policies: z.array(Ref), may: mayOf('update', 'override', 'retire') }),
  }),
  create: verb('POST /rotas', {
    can: 'rotas.plan',
    about: 'make a rota with its first layer',
    input: { name: title, about: z.string().max(500).default(''), zone, team: number.optional(), layer: z.strictObject(layerInput) },
    output: Rota,
  }),
  update: verb('POST /rotas/{number}', {
    can: 'rotas.plan',
    about: 'rename or describe a rota, give it to a team, or say whose holidays it keeps',
    input: {
      number,
      version,
      name: title.optional(),
      about: z.string().max(500).optional(),
      team: number.nullable().optional(),
      calendarId: z.uuid().nullable().optional(),
    },
    output: Rota,
  }),
  addLayer: verb('POST /rotas/{number}/layers', { can: 'rotas.plan', about: 'add a layer', input: { number, version, ...layerInput }, output: Rota }),
  updateLayer: verb('POST /rotas/{number}/layers/{layerId}', {
    can: 'rotas.plan',
    about: 'change a layer from now on; the past stays as it was',
    input: { number, version, layerId: z.uuid(), ...layerInput },
    output: Rota,
  }),
  removeLayer: verb('POST /rotas/{number}/layers/{layerId}/remove', { can: 'rotas.plan', about: 'end a layer', input: { number, version, layerId: z.uuid() }, output: Rota }),
  retire: verb('POST /rotas/{number}/retire', { can: 'rotas.plan', about: 'retire a rota that no policy uses', input: { number, version }, output: Rota }),
};
