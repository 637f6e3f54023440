import * as z from 'zod';
import { contract, instant, many, number, page, pageInput, Ref, verb } from '#kernel/contract.ts';

export const MEASURES = ['timeToAcknowledge', 'timeToResolveAlert', 'timeToResolveIncident', 'alerts', 'pagesOutOfHours', 'pages', 'incidents', 'overdueActions'] as const;
export const measure = z.enum(MEASURES);
export type Measure = z.infer<typeof measure>;

/** The window is [from, until), at most 400 days; without it the last 84 days. Severity is that at the opening. */
export const windowInput = {
  from: instant.optional(),
  until: instant.optional(),
  service: number.optional(),
  team: number.optional(),
  severity: many(z.string().max(20)).optional(),
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

export const metrics = contract({
  name: 'metrics',
  about: 'figures from the activity log; each opens the list of what it counts. Never per person',
  permissions: { 'metrics.read': 'viewer' },
  kinds: {},
  events: {},
  verbs: {
    timeToAcknowledge: verb('GET /metrics/time-to-acknowledge', {
      can: 'metrics.read',
      about: 'say how long alerts wait for their first answer',
      input: windowInput,
      output: Distributions,
    }),
    timeToResolve: verb('GET /metrics/time-to-resolve', {
      can: 'metrics.read',
      about: 'say how long incidents or alerts last',
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
      },
      output: page(z.object({ record: Ref, at: instant, service: Ref.nullable(), severity: z.string().nullable(), tookMs: z.number().nullable() })),
    }),
  },
});
