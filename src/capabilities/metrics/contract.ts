import * as z from 'zod';
import { contract, flag, instant, many, number, page, pageInput, Ref, verb } from '#kernel/contract.ts';

export const MEASURES = [
  'timeToDetect',
  'timeToAcknowledge',
  'timeToAcknowledgeIncident',
  'timeToContain',
  'timeToResolveAlert',
  'timeToResolveIncident',
  'alerts',
  'pagesOutOfHours',
  'pages',
  'incidents',
  'namedIncidents',
  'repeatedIncidents',
  'lateUpdates',
  'overdueActions',
  'reviewsDue',
  'reviewsLate',
  'actionsDue',
  'actionsLate',
] as const;
export const measure = z.enum(MEASURES);
export type Measure = z.infer<typeof measure>;

/** The window is [from, until), at most 400 days; without it the last 84 days. Severity is that at the opening. */
export const windowInput = {
  from: instant.optional(),
  until: instant.optional(),
  service: number.optional(),
  team: number.optional(),
  severity: many(z.string().max(20)).optional(),
  factor: z.string().max(80).optional(),
  category: z.string().max(40).optional(),
  /** Practice incidents instead of real ones; they are never counted together. */
  practice: flag.default(false),
};

/** The filter with which `records` lists exactly what a figure counts. */
export const Opens = z
  .object({
    measure,
    from: instant,
    until: instant,
    service: z.string().optional(),
    team: z.string().optional(),
    severity: z.array(z.string()).optional(),
    factor: z.string().optional(),
    category: z.string().optional(),
    title: z.string().optional(),
    practice: z.boolean().optional(),
    outcome: z.enum(['all', 'answered', 'unanswered']).optional(),
    atLeastMs: z.number().optional(),
    belowMs: z.number().optional(),
  })
  .meta({ id: 'MetricOpens' });
export type Opens = z.infer<typeof Opens>;

const Bucket = z.object({ atLeastMs: z.number(), belowMs: z.number().nullable(), count: z.number().int(), opens: Opens });

/** A distribution says how many, not only how long; what has no answer is counted apart and never left out. All times in ms. */
export const Distribution = z
  .object({
    count: z.number().int(),
    unanswered: z.number().int(),
    p50: z.number().nullable(),
    p90: z.number().nullable(),
    p95: z.number().nullable(),
    max: z.number().nullable(),
    buckets: z.array(Bucket),
    opens: Opens,
    unansweredOpens: Opens,
  })
  .meta({ id: 'Distribution' });
export type Distribution = z.infer<typeof Distribution>;

const Week = z.object({ week: z.string(), from: instant, until: instant });
const Distributions = z.object({ from: instant, until: instant, total: Distribution, weeks: z.array(Week.extend({ distribution: Distribution })) });
const Count = z.object({ count: z.number().int(), opens: Opens });
const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'Write a month such as 2026-03.');

/** A month in plain sentences; a sentence that counts something opens what it counts. */
export const Report = z
  .object({
    month: z.string(),
    from: instant,
    until: instant,
    parts: z.array(z.object({ title: z.string(), lines: z.array(z.object({ words: z.string(), opens: Opens.nullable() })) })),
    /** Whether the reader gets it by e-mail. */
    wanted: z.boolean(),
  })
  .meta({ id: 'MonthlyReport' });
export type Report = z.infer<typeof Report>;

export const metrics = contract({
  name: 'metrics',
  about: 'figures from the activity log; each opens the list of what it counts. Never per person',
  permissions: { 'metrics.read': 'viewer', 'metrics.report': 'lead' },
  kinds: {},
  events: { 'report.wanted': 'asked for the monthly report', 'report.unwanted': 'no longer wants the monthly report', 'report.sent': 'was sent the monthly report' },
  verbs: {
    timeToAcknowledge: verb('GET /metrics/time-to-acknowledge', {
      can: 'metrics.read',
      about: 'say how long alerts, or incidents, wait until somebody has them',
      input: { ...windowInput, of: z.enum(['alerts', 'incidents']).default('alerts') },
      output: Distributions,
    }),
    timeToDetect: verb('GET /metrics/time-to-detect', {
      can: 'metrics.read',
      about: 'say how long incidents went on before the desk knew',
      input: windowInput,
      output: Distributions,
    }),
    timeToContain: verb('GET /metrics/time-to-contain', {
      can: 'metrics.read',
      about: 'say how long incidents did harm before they were contained',
      input: windowInput,
      output: Distributions,
    }),
    timeToResolve: verb('GET /metrics/time-to-resolve', {
      can: 'metrics.read',
      about: 'say how long incidents last from their first sign, or alerts',
      input: { ...windowInput, of: z.enum(['incidents', 'alerts']).default('incidents') },
      output: Distributions,
    }),
    alertVolume: verb('GET /metrics/alert-volume', {
      can: 'metrics.read',
      about: 'count alerts per service and week, the loudest service first',
      input: windowInput,
      output: z.object({
        from: instant,
        until: instant,
        weeks: z.array(Week.extend(Count.shape)),
        services: z.array(z.object({ service: Ref.nullable(), total: z.number().int(), weeks: z.array(Count.extend({ week: z.string() })) })),
      }),
    }),
    pagesOutOfHours: verb('GET /metrics/pages-out-of-hours', {
      can: 'metrics.read',
      about: 'count pages per week, and those between 22:00 and 07:00 where the person lives',
      input: windowInput,
      output: z.object({ from: instant, until: instant, weeks: z.array(Week.extend({ all: Count, outOfHours: Count })) }),
    }),
    incidentsPerWeek: verb('GET /metrics/incidents', {
      can: 'metrics.read',
      about: 'count incidents per week and severity',
      input: windowInput,
      output: z.object({ from: instant, until: instant, weeks: z.array(Week.extend({ ...Count.shape, severities: z.array(Count.extend({ severity: z.string() })) })) }),
    }),
    incidentsBy: verb('GET /metrics/incidents-by', {
      can: 'metrics.read',
      about: 'count incidents by severity, service, or by what contributed; one with several factors counts for each',
      input: { ...windowInput, by: z.enum(['severity', 'service', 'category', 'factor']) },
      output: z.object({ from: instant, until: instant, items: z.array(Count.extend({ name: z.string() })) }),
    }),
    repeats: verb('GET /metrics/repeats', {
      can: 'metrics.read',
      about: 'say how many incidents had a factor that an incident of the half year before them had',
      input: windowInput,
      output: z.object({ from: instant, until: instant, named: Count, repeated: Count }),
    }),
    noisiest: verb('GET /metrics/noisiest', {
      can: 'metrics.read',
      about: 'list the alerts that fire most, and how many of each anybody answered',
      input: windowInput,
      output: z.object({ from: instant, until: instant, items: z.array(Count.extend({ title: z.string(), service: Ref.nullable(), answered: z.number().int() })) }),
    }),
    promises: verb('GET /metrics/promises', {
      can: 'metrics.read',
      about: 'say whether updates, reviews and actions came when they were due',
      input: windowInput,
      output: z.object({
        from: instant,
        until: instant,
        updates: z.object({ all: Count, late: Count }),
        reviews: z.object({ all: Count, late: Count }),
        actions: z.object({ all: Count, late: Count }),
      }),
    }),
    report: verb('GET /metrics/report', {
      can: 'metrics.read',
      about: 'tell a month in plain language; the last whole one when none is named',
      input: { month: month.optional(), team: number.optional() },
      output: Report,
    }),
    wantReport: verb('POST /metrics/report', {
      can: 'metrics.report',
      about: 'get the report of each month by e-mail on its first day, or no longer',
      input: { wanted: flag },
      output: z.object({ wanted: z.boolean() }),
    }),
    overdueActions: verb('GET /metrics/overdue-actions', {
      can: 'metrics.read',
      about: 'say how many actions were open and overdue at the end of each week',
      input: windowInput,
      output: z.object({ from: instant, until: instant, weeks: z.array(Week.extend({ open: z.number().int(), overdue: Count })) }),
    }),
    records: verb('GET /metrics/records', {
      can: 'metrics.read',
      about: 'list exactly the records behind a figure, the latest first',
      input: {
        ...pageInput,
        ...windowInput,
        measure,
        outcome: z.enum(['all', 'answered', 'unanswered']).default('all'),
        atLeastMs: z.coerce.number().min(0).optional(),
        belowMs: z.coerce.number().min(0).optional(),
        title: z.string().max(300).optional(),
      },
      output: page(z.object({ record: Ref, at: instant, service: Ref.nullable(), severity: z.string().nullable(), tookMs: z.number().nullable() })),
    }),
  },
});
