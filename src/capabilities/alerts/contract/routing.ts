import * as z from 'zod';
import { compute, instant, Ref, verb } from '#kernel/contract.ts';
import { OUTCOMES } from '../rules/outcomes.ts';
import { alertSeverity } from './shapes.ts';

const label = z
  .string()
  .trim()
  .regex(/^(\.\.\.|[a-zA-Z_:][a-zA-Z0-9_:]*)$/, 'Write the name of a label, or ... for all.');
const options = {
  /** `severity`: critical and error page, the others are logged. */
  outcome: z.enum([...OUTCOMES, 'severity']),
  policy: z.string().max(20).nullable(),
  groupBy: z.array(label).max(20),
  openAfter: z.number().int().min(1).max(20),
  openWithinMinutes: z.number().int().min(1).max(1440),
  resolveAfter: z.number().int().min(1).max(20),
  calmMinutes: z.number().int().min(0).max(1440),
  reopenMinutes: z.number().int().min(0).max(1440),
  holdSeconds: z.number().int().min(0).max(3600),
} as const;
const some = z.strictObject({
  outcome: options.outcome.optional(),
  policy: options.policy.optional(),
  groupBy: options.groupBy.optional(),
  openAfter: options.openAfter.optional(),
  openWithinMinutes: options.openWithinMinutes.optional(),
  resolveAfter: options.resolveAfter.optional(),
  calmMinutes: options.calmMinutes.optional(),
  reopenMinutes: options.reopenMinutes.optional(),
  holdSeconds: options.holdSeconds.optional(),
});
const id = z.string().min(1).max(40);
const name = z.string().trim().min(1).max(100);
const matchers = z.string().trim().max(500);

export const Routing = z
  .strictObject({
    defaults: z.strictObject(options),
    rules: z.array(z.strictObject({ id, under: id.nullable(), name, matchers, goOn: z.boolean().default(false), set: some })).max(300),
    inhibit: z.array(z.strictObject({ id, name, source: matchers, target: matchers, equal: z.array(label).max(20) })).max(100),
    byCatalog: z.boolean(),
  })
  .meta({ id: 'AlertRouting' });
export type Routing = z.infer<typeof Routing>;

const fates = z.object({ page: z.number().int(), joined: z.number().int(), ticket: z.number().int(), log: z.number().int(), silent: z.number().int() });
const fate = z.enum(['page', 'joined', 'ticket', 'log', 'silent']);
const Shown = z.object({ version: z.number().int(), rules: Routing, at: instant.nullable(), by: Ref.nullable(), may: z.object({ setRouting: z.string().nullable() }) });

export const routingVerbs = {
  routing: verb('GET /alert-routing', { can: 'alerts.read', about: 'look at the rules by which alerts are sent to people', output: Shown }),
  setRouting: verb('POST /alert-routing', {
    can: 'alerts.configure',
    about: 'replace the rules by which alerts are sent to people; `version` is the one that was seen',
    input: { version: z.number().int(), rules: Routing },
    output: Shown,
  }),
  tryRouting: compute('POST /alert-routing/try', {
    can: 'alerts.read',
    about: 'say what rules would have made of the alerts of the last days, beside the rules in force',
    input: { rules: Routing, days: z.number().int().min(1).max(30).default(7) },
    output: z.object({
      alerts: z.number().int(),
      /** True when there were more alerts than are tried: these are the newest. */
      cut: z.boolean(),
      before: fates,
      after: fates,
      changed: z.array(z.object({ alert: Ref, at: instant, severity: alertSeverity, before: fate, after: fate, rule: z.string() })),
    }),
  }),
};
