import * as z from 'zod';
import { contract, instant, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';
import { isZone } from '#kernel/zoned.ts';

/** A wall-clock time in the zone of the rota: 2026-03-02T09:00. */
export const local = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'Write a local time such as 2026-03-02T09:00.');
const zone = z
  .string()
  .max(60)
  .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/, 'Name an IANA time zone such as Europe/Berlin.')
  .refine(isZone, 'Name an IANA time zone such as Europe/Berlin.');

const layerInput = {
  name: title.max(60),
  /** Higher wins where layers cover the same time; equal ones are on call together. */
  priority: z.number().int().min(0).max(100).default(0),
  kind: z.enum(['hourly', 'daily', 'weekly', 'monthly']),
  /** Units of `kind` per shift. */
  length: z.number().int().min(1).max(400).default(1),
  /** One handover, in the zone of the rota. */
  start: local,
  people: z.array(number).min(1, 'Name at least one person.').max(60),
};

export const Layer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    priority: z.number().int(),
    kind: z.enum(['hourly', 'daily', 'weekly', 'monthly']),
    length: z.number().int(),
    start: local,
    people: z.array(Ref),
  })
  .meta({ id: 'RotaLayer' });

export const Override = z
  .object({
    id: z.uuid(),
    person: Ref.nullable(),
    layerId: z.uuid().nullable(),
    fromLocal: local,
    untilLocal: local,
    from: instant,
    until: instant,
    note: z.string(),
  })
  .meta({ id: 'RotaOverride' });

export const Shift = z
  .object({
    from: instant,
    until: instant,
    people: z.array(Ref),
    by: z.enum(['layer', 'override']),
    layerId: z.uuid().nullable(),
  })
  .meta({ id: 'Shift' });

export const OnCallNow = z
  .object({
    rota: Ref,
    people: z.array(Ref),
    until: instant.nullable(),
    by: z.enum(['layer', 'override']).nullable(),
    next: z.array(Ref),
    nextAt: instant.nullable(),
  })
  .meta({ id: 'OnCallNow' });

export const Rota = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    about: z.string(),
    zone: z.string(),
    team: Ref.nullable(),
    version: z.number().int(),
    layers: z.array(Layer),
  })
  .meta({ id: 'Rota' });

export const rotas = contract({
  name: 'rotas',
  about: 'who is on call when: layers, overrides, handovers',
  permissions: { 'rotas.read': 'viewer', 'rotas.override': 'responder', 'rotas.plan': 'lead' },
  kinds: {
    rota: { prefix: 'ROT', word: 'rota', page: '/on-call/{number}' },
  },
  events: {
    'rota.created': 'made the rota',
    'rota.changed': 'changed the rota',
    'rota.layerAdded': 'added a layer',
    'rota.layerChanged': 'changed a layer',
    'rota.layerRemoved': 'removed a layer',
    'rota.overridden': 'added an override',
    'rota.overrideRemoved': 'removed an override',
    'rota.retired': 'retired the rota',
  },
  verbs: {
    now: verb('GET /rotas/now', {
      can: 'rotas.read',
      about: 'say who is on call now, and next',
      output: z.object({ items: z.array(OnCallNow), mine: z.array(z.object({ rota: Ref, until: instant.nullable() })) }),
    }),
    list: verb('GET /rotas', { can: 'rotas.read', about: 'list rotas', input: { ...pageInput, q: z.string().max(100).optional() }, output: page(Rota) }),
    get: verb('GET /rotas/{number}', {
      can: 'rotas.read',
      about: 'look at a rota',
      input: { number },
      output: z.object({ rota: Rota, policies: z.array(Ref), may: mayOf('update', 'override', 'retire') }),
    }),
    shifts: verb('GET /rotas/{number}/shifts', {
      can: 'rotas.read',
      about: 'list who is paged in a window of at most 100 days, layer by layer and as the result',
      input: { number, from: instant, until: instant },
      output: z.object({
        result: z.array(Shift),
        layers: z.array(z.object({ layerId: z.uuid(), shifts: z.array(Shift) })),
        overrides: z.array(Override),
        gaps: z.array(z.object({ from: instant, until: instant })),
        coveredHours: z.number(),
        totalHours: z.number(),
      }),
    }),
    handovers: verb('GET /rotas/{number}/handovers', {
      can: 'rotas.read',
      about: 'list the next handovers',
      input: { number, count: z.coerce.number().int().min(1).max(50).default(6) },
      output: z.object({ items: z.array(z.object({ at: instant, before: z.array(Ref), after: z.array(Ref) })) }),
    }),
    create: verb('POST /rotas', {
      can: 'rotas.plan',
      about: 'make a rota with its first layer',
      input: { name: title, about: z.string().max(500).default(''), zone, team: number.optional(), layer: z.strictObject(layerInput) },
      output: Rota,
    }),
    update: verb('POST /rotas/{number}', {
      can: 'rotas.plan',
      about: 'rename or describe a rota, or give it to a team',
      input: { number, version, name: title.optional(), about: z.string().max(500).optional(), team: number.nullable().optional() },
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
    retire: verb('POST /rotas/{number}/retire', { can: 'rotas.plan', about: 'retire a rota that no policy uses', input: { number, version }, output: Rota }),
  },
});
