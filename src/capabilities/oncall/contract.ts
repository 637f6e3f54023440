import * as z from 'zod';
import { compute, contract, flag, instant, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';

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
  about: 'who is paged in which order, and how paging stands',
  permissions: { 'oncall.read': 'viewer', 'oncall.plan': 'lead' },
  kinds: {
    policy: { prefix: 'POL', word: 'escalation policy', page: '/policies/{number}' },
  },
  events: {
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
