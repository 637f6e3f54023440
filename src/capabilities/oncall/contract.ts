import * as z from 'zod';
import { compute, contract, flag, instant, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';
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

export const target = z.object({ kind: z.enum(['rota', 'person', 'team']), number }).meta({ id: 'EscalationTarget' });
const step = z.object({ targets: z.array(target).min(1, 'Name at least one rota, person or team.').max(10), waitMinutes: z.number().int().min(1).max(9000) });
export const Step = z
  .object({ targets: z.array(z.object({ kind: z.enum(['rota', 'person', 'team']), record: Ref, now: z.array(Ref) })), waitMinutes: z.number().int() })
  .meta({ id: 'EscalationStep' });

export const Policy = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    about: z.string(),
    repeat: z.number().int(),
    isDefault: z.boolean(),
    version: z.number().int(),
    steps: z.array(Step),
    services: z.array(Ref),
  })
  .meta({ id: 'EscalationPolicy' });

/** How paging about a record stands: who was paged, who is next, when. */
export const Paging = z
  .object({
    state: z.enum(['running', 'acknowledged', 'exhausted', 'ended', 'none']),
    policy: Ref.nullable(),
    policyName: z.string(),
    startedAt: instant.nullable(),
    nextAt: instant.nullable(),
    nextPeople: z.array(Ref),
    stepNumber: z.number().int(),
    stepCount: z.number().int(),
    pages: z.array(z.object({ person: Ref.nullable(), why: z.string(), startedAt: instant, endedAt: instant.nullable(), endedWhy: z.string().nullable() })),
  })
  .meta({ id: 'Paging' });
export type Paging = z.infer<typeof Paging>;

export const oncall = contract({
  name: 'oncall',
  about: 'who is on call when, and who is paged in which order',
  permissions: { 'oncall.read': 'viewer', 'oncall.override': 'responder', 'oncall.plan': 'lead' },
  kinds: {
    rota: { prefix: 'ROT', word: 'rota', page: '/on-call/{number}' },
    policy: { prefix: 'POL', word: 'escalation policy', page: '/policies/{number}' },
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
    'policy.created': 'made the escalation policy',
    'policy.changed': 'changed the escalation policy',
    'policy.covers': 'put the policy in charge of a service',
    'policy.released': 'took the policy off a service',
    'policy.retired': 'retired the policy',
    'paging.started': 'began to page',
    'paging.skipped': 'skipped a step because nobody is on call',
    'paging.exhausted': 'reached nobody, so the administrators are paged',
    'paging.acknowledged': 'stopped paging',
    'paging.escalated': 'went on to the next step',
    'paging.ended': 'ended paging',
  },
  verbs: {
    now: verb('GET /on-call/now', {
      can: 'oncall.read',
      about: 'say who is on call now, and next',
      output: z.object({ items: z.array(OnCallNow), mine: z.array(z.object({ rota: Ref, until: instant.nullable() })) }),
    }),
    rotas: verb('GET /rotas', { can: 'oncall.read', about: 'list rotas', input: { ...pageInput, q: z.string().max(100).optional() }, output: page(Rota) }),
    rota: verb('GET /rotas/{number}', {
      can: 'oncall.read',
      about: 'look at a rota',
      input: { number },
      output: z.object({ rota: Rota, policies: z.array(Ref), may: mayOf('update', 'override', 'retire') }),
    }),
    shifts: verb('GET /rotas/{number}/shifts', {
      can: 'oncall.read',
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
      can: 'oncall.read',
      about: 'list the next handovers',
      input: { number, count: z.coerce.number().int().min(1).max(50).default(6) },
      output: z.object({ items: z.array(z.object({ at: instant, before: z.array(Ref), after: z.array(Ref) })) }),
    }),
    createRota: verb('POST /rotas', {
      can: 'oncall.plan',
      about: 'make a rota with its first layer',
      input: { name: title, about: z.string().max(500).default(''), zone, team: number.optional(), layer: z.strictObject(layerInput) },
      output: Rota,
    }),
    updateRota: verb('POST /rotas/{number}', {
      can: 'oncall.plan',
      about: 'rename or describe a rota, or give it to a team',
      input: { number, version, name: title.optional(), about: z.string().max(500).optional(), team: number.nullable().optional() },
      output: Rota,
    }),
    addLayer: verb('POST /rotas/{number}/layers', { can: 'oncall.plan', about: 'add a layer', input: { number, version, ...layerInput }, output: Rota }),
    updateLayer: verb('POST /rotas/{number}/layers/{layerId}', {
      can: 'oncall.plan',
      about: 'change a layer from now on; the past stays as it was',
      input: { number, version, layerId: z.uuid(), ...layerInput },
      output: Rota,
    }),
    removeLayer: verb('POST /rotas/{number}/layers/{layerId}/remove', { can: 'oncall.plan', about: 'end a layer', input: { number, version, layerId: z.uuid() }, output: Rota }),
    override: verb('POST /rotas/{number}/overrides', {
      can: 'oncall.override',
      about: 'let somebody else (or nobody) be on call for a time, in the zone of the rota',
      input: { number, person: number.nullable(), from: local, until: local, layerId: z.uuid().nullable().default(null), note: z.string().max(300).default('') },
      output: Override,
    }),
    removeOverride: verb('POST /rotas/{number}/overrides/{overrideId}/remove', {
      can: 'oncall.override',
      about: 'take an override back',
      input: { number, overrideId: z.uuid() },
      output: Rota,
    }),
    retireRota: verb('POST /rotas/{number}/retire', { can: 'oncall.plan', about: 'retire a rota that no policy uses', input: { number, version }, output: Rota }),
    policies: verb('GET /policies', { can: 'oncall.read', about: 'list escalation policies', input: { ...pageInput, q: z.string().max(100).optional() }, output: page(Policy) }),
    policy: verb('GET /policies/{number}', {
      can: 'oncall.read',
      about: 'look at an escalation policy',
      input: { number },
      output: z.object({ policy: Policy, may: mayOf('update', 'retire') }),
    }),
    createPolicy: verb('POST /policies', {
      can: 'oncall.plan',
      about: 'make an escalation policy',
      input: {
        name: title,
        about: z.string().max(500).default(''),
        steps: z.array(step).min(1, 'A policy has at least one step.').max(10),
        repeat: z.number().int().min(0).max(5).default(1),
        isDefault: flag.default(false),
      },
      output: Policy,
    }),
    updatePolicy: verb('POST /policies/{number}', {
      can: 'oncall.plan',
      about: 'change an escalation policy; pages that run go on as they began',
      input: {
        number,
        version,
        name: title.optional(),
        about: z.string().max(500).optional(),
        steps: z.array(step).min(1).max(10).optional(),
        repeat: z.number().int().min(0).max(5).optional(),
        isDefault: flag.optional(),
      },
      output: Policy,
    }),
    retirePolicy: verb('POST /policies/{number}/retire', {
      can: 'oncall.plan',
      about: 'retire a policy that is in charge of no service',
      input: { number, version },
      output: Policy,
    }),
    cover: verb('POST /policies/{number}/services', { can: 'oncall.plan', about: 'put a policy in charge of a service', input: { number, service: number }, output: Policy }),
    release: verb('POST /policies/{number}/services/remove', {
      can: 'oncall.plan',
      about: 'take a policy off a service; the default policy takes over',
      input: { number, service: number },
      output: Policy,
    }),
    forService: verb('GET /services/{number}/on-call', {
      can: 'oncall.read',
      about: 'say who would be paged for a service now',
      input: { number },
      output: z.object({ policy: Policy.nullable(), because: z.string(), first: z.array(Ref) }),
    }),
    paging: verb('GET /records/{number}/paging', { can: 'oncall.read', about: 'say how paging about a record stands', input: { number }, output: Paging }),
    preview: compute('POST /policies/preview', {
      can: 'oncall.read',
      about: 'say whom a policy would page, step by step, if it began now',
      input: { number },
      output: z.object({ steps: z.array(z.object({ stepNumber: z.number().int(), afterMinutes: z.number().int(), people: z.array(Ref), sentence: z.string() })) }),
    }),
  },
});
