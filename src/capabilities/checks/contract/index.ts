import * as z from 'zod';
import { isZone } from '#kernel/zoned.ts';
import { compute, contract, flag, instant, many, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';
import { ProbeConfig } from '../probes/index.ts';
import { WINDOWS } from '../rules/index.ts';
import { state, kind, Check, measured, Result, Ping, Uptime, CheckLine, Certificate, Latency, Report, Public, GuardTarget, Guard, MovePlan } from './shapes.ts';

export { KEPT } from '../probes/shared.ts';
export { ProbeConfig } from '../probes/index.ts';
export type { ProbeKind } from '../probes/index.ts';
export * from './shapes.ts';

/** A backup of Uptime Kuma (JSON) or a configuration of Gatus (YAML). */
const movedText = z.string().min(1, 'Paste the file, or choose it.').max(900_000, 'The file is too long: split it.');

/** Numbers of the checks it depends on. */
const parents = z.array(number).max(10, 'A check depends on ten others at most.');

export const checks = contract({
  name: 'checks',
  about: 'probes that ask, and heartbeats that are waited for',
  permissions: {
    'checks.read': 'viewer',
    'checks.write': 'responder',
    /** What holds for all checks. */ 'checks.guard': 'lead',
    /** Showing a check on other sites. */
    'checks.publish': 'lead',
    /** Checks that run a program on the desk's machine. */ 'checks.script': 'admin',
  },
  kinds: { check: { prefix: 'CHK', word: 'check', page: '/checks/{number}' } },
  events: {
    'check.created': 'made the check',
    'check.changed': 'changed the check',
    'check.paused': 'paused the check',
    'check.resumed': 'resumed the check',
    'check.retired': 'retired the check',
    'check.wentDown': 'went down',
    'check.cameUp': 'came up again',
    'check.began': 'gave its first good result',
    'check.heldBack': 'went down, and nobody was told',
    'check.passedAgain': 'passes again, and nobody had been told',
    'check.published': 'made the check public',
    'check.unpublished': 'took the check back from the public',
    'checks.guardChanged': 'changed what is asked before a failure is believed',
    'checks.blind': 'lost sight of everything',
    'checks.sees': 'sees again',
    'check.certificateEnding': 'has a certificate that ends soon',
    'check.probeAsked': 'asked for a run now',
    'check.probed': 'ran when asked',
    'check.pingUrlChanged': 'got a new ping address',
  },
  verbs: {
    list: verb('GET /checks', {
      can: 'checks.read',
      about: 'list checks; retired ones are left out',
      input: {
        ...pageInput,
        q: z.string().trim().max(100).optional(),
        state: many(state).optional(),
        kind: many(kind).optional(),
        service: number.optional(),
        /** With the uptime of each over the last 30 days. */ uptime: flag.optional(),
      },
      output: page(CheckLine),
    }),
    get: verb('GET /checks/{number}', {
      can: 'checks.read',
      about: 'look at a check with its latest results and uptime',
      input: { number },
      output: z.object({
        check: Check,
        pingUrl: z.string().nullable(),
        results: z.array(Result),
        pings: z.array(Ping),
        turns: z.array(z.object({ at: instant, countsAs: z.enum(['up', 'down', 'none']), reason: z.string() })),
        uptime: Uptime,
        /** As it was shown last, the server's own first; empty where none was. */
        certificates: z.array(Certificate),
        /** Where others see it; null while they do not, or for who may not decide that. */
        public: Public.nullable(),
        may: mayOf('update', 'pause', 'resume', 'retire', 'probeNow', 'renewPingUrl', 'publish'),
      }),
    }),
    results: verb('GET /checks/{number}/results', {
      can: 'checks.read',
      about: 'list the results of a check, newest first',
      input: { number, ...pageInput },
      output: page(Result),
    }),
    latency: verb('GET /checks/{number}/latency', {
      can: 'checks.read',
      about: 'percentiles of the response times of a check over a window',
      input: { number, window: z.enum(WINDOWS).default('day') },
      output: Latency,
    }),
    report: verb('GET /checks/{number}/report', {
      can: 'checks.read',
      about: 'the outages of a check, and its downtime month by month',
      input: {
        number,
        months: z.coerce.number().int().min(1).max(24).default(12),
        zone: z.string().max(60).refine(isZone, 'Name an IANA time zone such as Europe/Berlin.').default('UTC'),
      },
      output: Report,
    }),
    guard: verb('GET /checks/guard', { can: 'checks.read', about: 'what is asked before a failure is believed', output: Guard }),
    setGuard: verb('POST /checks/guard', {
      can: 'checks.guard',
      about: 'say what is asked before a failure is believed; without any target that is off',
      input: { targets: z.array(GuardTarget).max(5, 'Five targets are enough.') },
      output: Guard,
    }),
    create: verb('POST /checks', {
      can: 'checks.write',
      about: 'make a check',
      input: { name: title, service: number.optional(), probe: ProbeConfig, parents: parents.optional() },
      output: Check,
    }),
    update: verb('POST /checks/{number}', {
      can: 'checks.write',
      about: 'change a check',
      input: { number, version, name: title.optional(), service: number.nullable().optional(), probe: ProbeConfig.optional(), parents: parents.optional() },
      output: Check,
    }),
    pause: verb('POST /checks/{number}/pause', { can: 'checks.write', about: 'pause a check: it neither runs nor goes down', input: { number, version }, output: Check }),
    resume: verb('POST /checks/{number}/resume', { can: 'checks.write', about: 'resume a paused check; it starts as new', input: { number, version }, output: Check }),
    retire: verb('POST /checks/{number}/retire', { can: 'checks.write', about: 'retire a check; its history stays', input: { number, version }, output: Check }),
    try: compute('POST /checks/try', {
      can: 'checks.write',
      about: 'run a probe once without making a check of it',
      /** With `check`, the passwords that it keeps are used where they are sent masked. */
      input: { probe: ProbeConfig, check: number.optional() },
      output: z.object({ ok: z.boolean(), words: z.string(), tookMs: z.number().nullable(), status: z.number().nullable(), certificateEndsAt: instant.nullable(), measured }),
    }),
    planMove: compute('POST /checks/move-in/plan', {
      can: 'checks.write',
      about: 'look at what moving in from Uptime Kuma or Gatus would make',
      input: { text: movedText },
      output: MovePlan,
    }),
    moveIn: verb('POST /checks/move-in', {
      can: 'checks.write',
      about: 'make the checks of a backup of Uptime Kuma or a configuration of Gatus; what is there already stays as it is',
      input: { text: movedText },
      output: z.object({ plan: MovePlan, made: z.array(Ref) }),
    }),
    publish: verb('POST /checks/{number}/public', {
      can: 'checks.publish',
      about: 'show the state of a check on other sites, under a name of your choice',
      input: { number, version, name: z.string().trim().min(1, 'Say under which name others see it.').max(60), showsReason: z.boolean().default(false) },
      output: Public,
    }),
    unpublish: verb('POST /checks/{number}/public/end', {
      can: 'checks.publish',
      about: 'take a check back from other sites; its address ends at once',
      input: { number, version },
      output: z.object({ number }),
    }),
    probeNow: verb('POST /checks/{number}/probe', { can: 'checks.write', about: 'run a check now; the result arrives on the live stream', input: { number }, output: Check }),
    renewPingUrl: verb('POST /checks/{number}/ping-url', {
      can: 'checks.write',
      about: 'give a heartbeat a new ping address; the old one ends at once',
      secret: true,
      input: { number, version },
      output: z.object({ check: Check, pingUrl: z.string() }),
    }),
  },
});
