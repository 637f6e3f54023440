import * as z from 'zod';
import { compute, contract, instant, many, mayOf, number, page, pageInput, Ref, text, title, verb, version } from '#kernel/contract.ts';
import { SLO_STATES, WINDOW_DAYS } from './rules/index.ts';

const state = z.enum(SLO_STATES);
const summary = z.string().trim().max(1000);
/** 0.999 for 99.9 %. */
const objective = z.number().min(0).max(1);
const windowDays = z.union(WINDOW_DAYS.map((days) => z.literal(days)));
const query = z.string().trim().min(1, 'Write a query in PromQL.').max(4000);
const checksInput = z.array(number).min(1, 'Name at least one check.').max(20);

/** `time`: the share of time in which every check is up. `results`: the share of results that are good. `prometheus`: good of all, by two queries. */
export const sourceInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('time'), checks: checksInput }),
  z.strictObject({ kind: z.literal('results'), checks: checksInput }),
  z.strictObject({
    kind: z.literal('prometheus'),
    url: z.url({ protocol: /^https?$/, message: 'Write an address that begins with https:// or http://.' }).max(1000),
    /** PromQL for the number of good events in a while: `sum(increase(http_requests_total{code!~"5.."}[$window]))`. */
    good: query,
    total: query,
  }),
]);

const ShownSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('time'), checks: z.array(Ref) }),
  z.object({ kind: z.literal('results'), checks: z.array(Ref) }),
  z.object({ kind: z.literal('prometheus'), url: z.string(), good: z.string(), total: z.string() }),
]);

export const Slo = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    summary: z.string(),
    service: Ref.nullable(),
    objective: z.number(),
    windowDays,
    source: ShownSource,
    state,
    /** How it stands, as a sentence. */
    sentence: z.string(),
    /** Shares from 0 to 1; null when nothing is known. Less than 0 of a budget is overspent. */
    achieved: z.number().nullable(),
    budgetLeft: z.number().nullable(),
    /** How fast the budget was spent over the last hour: 1 is as fast as it may. */
    burn: z.number().nullable(),
    countedUntil: instant.nullable(),
    openedAt: instant,
    version: z.number().int(),
    retired: z.boolean(),
  })
  .meta({ id: 'Slo' });
export type Slo = z.infer<typeof Slo>;

const Point = z.object({ at: instant, left: z.number() });
const Day = z.object({ day: z.string(), achieved: z.number().nullable(), spent: z.number() });
const Spent = z.object({ from: instant, until: instant, check: Ref.nullable(), reason: z.string(), spent: z.number() });
const outcome = {
  achieved: z.number().nullable(),
  budgetLeft: z.number().nullable(),
  /** What is left of the budget, from the start of the window (1) until now. */
  points: z.array(Point),
  /** UTC days of the window, oldest first; `spent` is the share of the whole budget. */
  days: z.array(Day),
  /** What ate the budget, the costliest first. */
  outages: z.array(Spent),
};

const Draft = z.object({
  name: z.string(),
  summary: z.string(),
  service: Ref.nullable(),
  serviceSaid: z.string(),
  objective: z.number().nullable(),
  windowDays: windowDays.nullable(),
  good: z.string(),
  total: z.string(),
  /** What could not be taken over as it stands, as sentences. */
  notes: z.array(z.string()),
});
export type Draft = z.infer<typeof Draft>;

export const slos = contract({
  name: 'slos',
  about: 'service level objectives: how good a service shall be, and how fast its error budget is spent',
  permissions: { 'slos.read': 'viewer', 'slos.write': 'responder' },
  kinds: { slo: { prefix: 'SLO', word: 'objective', page: '/slos/{number}' } },
  events: {
    'slo.created': 'made the objective',
    'slo.changed': 'changed the objective',
    'slo.retired': 'retired the objective',
    'slo.burning': 'spends its error budget too fast',
    'slo.calm': 'no longer spends its error budget too fast',
  },
  verbs: {
    list: verb('GET /slos', {
      can: 'slos.read',
      about: 'list service level objectives; retired ones are left out',
      input: { ...pageInput, q: z.string().trim().max(100).optional(), state: many(state).optional(), service: number.optional() },
      output: page(Slo),
    }),
    get: verb('GET /slos/{number}', {
      can: 'slos.read',
      about: 'look at an objective: its budget, how fast it is spent, and what ate it',
      input: { number },
      output: z.object({
        slo: Slo,
        ...outcome,
        /** Each rule of the burn alerts with what it sees now. */
        burns: z.array(
          z.object({
            rule: z.string(),
            severity: z.enum(['critical', 'warning']),
            longMs: z.number(),
            shortMs: z.number(),
            threshold: z.number(),
            long: z.number().nullable(),
            short: z.number().nullable(),
            fires: z.boolean(),
          }),
        ),
        /** When nothing is left at the rate of the last six hours; null when the budget is not being spent. */
        goneAt: instant.nullable(),
        alerts: z.array(z.object({ rule: z.string(), severity: z.enum(['critical', 'warning']), since: instant, until: instant.nullable() })),
        may: mayOf('update', 'retire'),
      }),
    }),
    preview: compute('POST /slos/preview', {
      can: 'slos.read',
      about: 'show how an objective on checks would have turned out in the last 30 days',
      input: { objective, checks: checksInput, kind: z.enum(['time', 'results']) },
      output: z.object({ ...outcome, refused: z.string().nullable() }),
    }),
    readOpenSlo: compute('POST /slos/openslo', {
      can: 'slos.read',
      about: 'read objectives of an OpenSLO file as drafts',
      input: { text },
      output: z.object({ drafts: z.array(Draft) }),
    }),
    create: verb('POST /slos', {
      can: 'slos.write',
      about: 'make an objective; its past is counted from what is known already',
      input: { name: title, summary: summary.default(''), service: number, objective, windowDays: windowDays.default(30), source: sourceInput },
      output: Slo,
    }),
    update: verb('POST /slos/{number}', {
      can: 'slos.write',
      about: 'change an objective; another source is counted anew',
      input: {
        number,
        version,
        name: title.optional(),
        summary: summary.optional(),
        service: number.optional(),
        objective: objective.optional(),
        windowDays: windowDays.optional(),
        source: sourceInput.optional(),
      },
      output: Slo,
    }),
    retire: verb('POST /slos/{number}/retire', { can: 'slos.write', about: 'retire an objective; its history stays', input: { number, version }, output: Slo }),
  },
});
