import * as z from 'zod';
import { isZone } from '#kernel/zoned.ts';
import { compute, contract, flag, instant, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';
import { WEEKDAYS } from '#kernel/weekly.ts';
import { SEVERITIES } from './rules/conditions.ts';

const kind = z.enum(['rota', 'person', 'team', 'channel']);
export const severity = z.enum(SEVERITIES);
export const target = z.object({ kind, number }).meta({ id: 'EscalationTarget' });

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write the time as HH:MM.');
const zone = z.string().max(60).refine(isZone, 'This is not a time zone. Write it like Europe/Berlin.');
const hours = z.array(z.object({ days: z.array(z.enum(WEEKDAYS)).min(1, 'Choose at least one day.').max(7), from: clock, until: clock })).max(14);
export const Times = z.object({ zone, hours: hours.min(1, 'Add at least one time.') }).meta({ id: 'WeeklyTimes' });
export const When = z
  .object({ severities: z.array(severity).max(4).optional(), tiers: z.array(z.number().int().min(1).max(4)).max(4).optional(), times: Times.optional() })
  .meta({ id: 'StepCondition' });
const UrgencyInput = z.object({ by: z.enum(['high', 'severity', 'support']), support: Times.nullable().default(null) }).meta({ id: 'UrgencyRule' });

const rest = {
  /** How long it waits for an answer before the next step. */
  waitMinutes: z.number().int().min(1).max(9000),
  when: When.optional(),
  /** One after another, one each time, instead of all at once. */
  turns: z.boolean().optional(),
  /** Each is paged until they acknowledge themselves. */
  everyone: z.boolean().optional(),
};
const step = z.object({ targets: z.array(target).min(1, 'Name at least one rota, person, team or channel.').max(10), ...rest });
export const Step = z.object({ targets: z.array(z.object({ kind, record: Ref, now: z.array(Ref) })), ...rest }).meta({ id: 'EscalationStep' });

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
    urgency: UrgencyInput,
    /** How long an acknowledgement holds before paging begins anew; 0 for ever. */
    answerMinutes: z.number().int(),
    /** The whole policy in words. */
    sentence: z.string(),
    /** `urgency` is null where the policy decides. */
    services: z.array(z.object({ ...Ref.shape, urgency: z.enum(['high', 'severity', 'support']).nullable() })),
  })
  .meta({ id: 'EscalationPolicy' });

/** One message that tried to reach somebody. */
const Attempt = z
  .object({
    channel: z.string(),
    state: z.enum(['pending', 'sending', 'sent', 'failed', 'cancelled', 'bundled']),
    at: instant,
    result: z.string(),
    /** What the provider said later. */
    receipt: z.string().nullable(),
  })
  .meta({ id: 'PageAttempt' });

export const Page = z
  .object({
    id: z.uuid(),
    about: Ref.nullable(),
    person: Ref.nullable(),
    title: z.string(),
    why: z.string(),
    startedAt: instant,
    endedAt: instant.nullable(),
    endedWhy: z.string().nullable(),
    attempts: z.array(Attempt),
    /** What comes next if nobody answers, and when. */
    next: z.string().nullable(),
    nextAt: instant.nullable(),
  })
  .meta({ id: 'Page' });
export type Page = z.infer<typeof Page>;

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
    urgency: z.enum(['high', 'low']),
    acknowledgedBy: Ref.nullable(),
    /** When the acknowledgement ends by itself, or low urgency has waited long enough. */
    until: instant.nullable(),
    /** What comes next, in words; null when nothing comes by itself. */
    comes: z.string().nullable(),
    pages: z.array(
      z.object({ person: Ref.nullable(), why: z.string(), startedAt: instant, endedAt: instant.nullable(), endedWhy: z.string().nullable(), attempts: z.array(Attempt) }),
    ),
    may: mayOf('snooze', 'handOver', 'help'),
  })
  .meta({ id: 'Paging' });
export type Paging = z.infer<typeof Paging>;

const OnCallOfService = z
  .object({
    service: Ref,
    tier: z.number().int(),
    policy: Ref.nullable(),
    isDefault: z.boolean(),
    /** Who would be paged first now, and through what. */
    people: z.array(z.object({ person: Ref, through: z.string(), overridden: z.boolean() })),
    until: instant.nullable(),
    next: z.array(Ref),
    nextAt: instant.nullable(),
    /** Why nobody but the administrators would be paged; null when all is well. */
    trouble: z.string().nullable(),
  })
  .meta({ id: 'OnCallOfService' });
export type OnCallOfService = z.infer<typeof OnCallOfService>;

const PreviewStep = z
  .object({
    kind: z.enum(['page', 'skip', 'hold', 'administrators']),
    stepNumber: z.number().int(),
    roundNumber: z.number().int(),
    afterMinutes: z.number().int(),
    at: instant,
    people: z.array(Ref),
    channels: z.array(Ref),
    sentence: z.string(),
  })
  .meta({ id: 'PreviewStep' });
export type PreviewLine = z.infer<typeof PreviewStep>;

const steps = z.array(step).min(1, 'A policy has at least one step.').max(10);
const settings = {
  about: z.string().max(500),
  repeat: z.number().int().min(0).max(5),
  urgency: UrgencyInput,
  answerMinutes: z.number().int().min(0).max(1440),
};

export const oncall = contract({
  name: 'oncall',
  about: 'who is paged in which order, and how paging stands',
  permissions: { 'oncall.read': 'viewer', 'oncall.answer': 'responder', 'oncall.plan': 'lead' },
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
    'paging.skipped': 'skipped a step',
    'paging.exhausted': 'reached nobody, so the administrators are paged',
    'paging.acknowledged': 'stopped paging',
    'paging.escalated': 'went on to the next step',
    'paging.held': 'waits for support hours',
    'paging.snoozed': 'snoozed it',
    'paging.returned': 'began to page anew',
    'paging.handedOver': 'handed it over',
    'paging.helpAsked': 'asked for help',
    'paging.passedOn': 'went on because somebody left the desk',
    'paging.restarted': 'began anew by the policy as it is now',
    'paging.trouble': 'found that pages do not leave as they should',
    'paging.fine': 'found that pages leave again',
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
        about: settings.about.default(''),
        steps,
        repeat: settings.repeat.default(1),
        isDefault: flag.default(false),
        urgency: settings.urgency.default({ by: 'high', support: null }),
        answerMinutes: settings.answerMinutes.default(30),
      },
      output: Policy,
    }),
    updatePolicy: verb('POST /policies/{number}', {
      can: 'oncall.plan',
      about: 'change an escalation policy; pages that run go on as they began, unless `restart` says otherwise',
      input: {
        number,
        version,
        name: title.optional(),
        about: settings.about.optional(),
        steps: steps.optional(),
        repeat: settings.repeat.optional(),
        isDefault: flag.optional(),
        urgency: settings.urgency.optional(),
        answerMinutes: settings.answerMinutes.optional(),
        /** Pages that nobody has acknowledged begin anew by the policy as it is now. */
        restart: flag.default(false),
      },
      output: Policy,
    }),
    retirePolicy: verb('POST /policies/{number}/retire', {
      can: 'oncall.plan',
      about: 'retire a policy that is in charge of no service',
      input: { number, version },
      output: Policy,
    }),
    cover: verb('POST /policies/{number}/services', {
      can: 'oncall.plan',
      about: 'put a policy in charge of a service; its pages that nobody acknowledged begin anew by it',
      input: { number, service: number, urgency: z.enum(['high', 'severity', 'support']).nullable().optional() },
      output: Policy,
    }),
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
    pages: verb('GET /pages', {
      can: 'oncall.read',
      about: 'list who was paged, newest first, with every attempt',
      input: { ...pageInput, person: number.optional(), record: number.optional(), state: z.enum(['open', 'acknowledged', 'ended']).optional() },
      output: page(Page),
    }),
    now: verb('GET /on-call/now', {
      can: 'oncall.read',
      about: 'say for every service who would be paged first now, and why',
      input: { ...pageInput, q: z.string().max(100).optional(), trouble: flag.optional() },
      output: z.object({
        items: z.array(OnCallOfService),
        cursor: z.string().nullable(),
        /** Services of which a page would reach nobody but the administrators, among all. */
        troubleCount: z.number().int(),
        /** Rotas that no policy names. */
        unused: z.array(Ref),
      }),
    }),
    snooze: verb('POST /records/{number}/paging/snooze', {
      can: 'oncall.answer',
      about: 'acknowledge for a time; paging begins anew when it is over',
      input: { number, minutes: z.number().int().min(1).max(20_160) },
      output: Paging,
    }),
    handOver: verb('POST /records/{number}/paging/hand-over', {
      can: 'oncall.answer',
      about: 'hand to somebody else: they are paged now, and the escalation goes on behind them',
      input: { number, person: number },
      output: Paging,
    }),
    help: verb('POST /records/{number}/paging/help', {
      can: 'oncall.answer',
      about: 'ask for help: the next step is paged beside you',
      input: { number },
      output: Paging,
    }),
    preview: compute('POST /policies/preview', {
      can: 'oncall.read',
      about: 'say whom a policy, or a draft of one, would page, step by step, if it began now or at a time',
      input: {
        number: number.optional(),
        steps: steps.optional(),
        repeat: settings.repeat.optional(),
        urgency: settings.urgency.optional(),
        at: instant.optional(),
        severity: severity.optional(),
        tier: z.number().int().min(1).max(4).optional(),
      },
      output: z.object({ steps: z.array(PreviewStep), sentence: z.string() }),
    }),
  },
});
