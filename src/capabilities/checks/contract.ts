import * as z from 'zod';
import { isZone } from '#kernel/zoned.ts';
import { compute, contract, instant, many, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';
import { PROBE_KINDS, ProbeConfig } from './probes/index.ts';
import { webUrl } from './probes/http.ts';
import { host, port } from './probes/shared.ts';
import { SHOWN_STATES, WINDOWS } from './rules/index.ts';

const state = z.enum(SHOWN_STATES);
const kind = z.enum(PROBE_KINDS);
export { KEPT } from './probes/shared.ts';
export { ProbeConfig } from './probes/index.ts';
export type { ProbeKind } from './probes/index.ts';

export const Check = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    probe: ProbeConfig,
    /** What is checked in a few words: the address, or when a ping is expected. */
    target: z.string(),
    service: Ref.nullable(),
    state,
    /** How it stands, to be read after its name: "fails for 12 min: status 503". */
    words: z.string(),
    since: instant,
    lastAt: instant.nullable(),
    lastOk: z.boolean().nullable(),
    tookMs: z.number().nullable(),
    expectedAt: instant.nullable(),
    /** What it depends on: while one of them fails, its own failure says nothing. */
    parents: z.array(Ref),
    /** The one of them that explains why it fails now. */
    behind: Ref.nullable(),
    maintenance: z.object({ number: z.string(), title: z.string(), until: instant.nullable() }).nullable(),
    certificateEndsAt: instant.nullable(),
    /** `trusted` may reach private addresses: set by a lead or above. */
    origin: z.enum(['typed', 'trusted']),
    openedAt: instant,
    version: z.number().int(),
    retired: z.boolean(),
  })
  .meta({ id: 'Check' });
export type Check = z.infer<typeof Check>;

/** Named values of a run: days left, packets lost, rows. */
const measured = z.record(z.string(), z.number());
export const Result = z
  .object({ at: instant, ok: z.boolean(), tookMs: z.number().nullable(), status: z.number().nullable(), words: z.string(), measured })
  .meta({ id: 'CheckResult' });
export const Ping = z
  .object({
    id: z.uuid(),
    at: instant,
    kind: z.enum(['success', 'start', 'fail', 'log', 'ignored']),
    exitStatus: z.number().nullable(),
    runId: z.string().nullable(),
    tookMs: z.number().nullable(),
    method: z.string(),
    address: z.string(),
    body: z.string(),
  })
  .meta({ id: 'HeartbeatPing' });
const share = z.number().nullable();
const whole = z.number().int();
/** UTC days, oldest first; a share of null is a day of which nothing is known. */
const days = z.array(z.object({ day: z.string(), share, downMinutes: whole }));
export const Uptime = z
  .object({
    /** Shares from 0 to 1 of the time that is known; null when nothing is. Silence, blindness and maintenance are not known. */
    day: share,
    week: share,
    month: share,
    quarter: share,
    downMinutes: whole,
    days,
  })
  .meta({ id: 'CheckUptime' });

export const Certificate = z
  .object({ subject: z.string(), issuer: z.string(), names: z.array(z.string()), startsAt: instant, endsAt: instant, daysLeft: whole })
  .meta({ id: 'CheckCertificate' });

const stretch = { from: instant, /** Null while it lasts. */ until: instant.nullable() };
const latency = { count: whole, p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() };
export const Latency = z
  .object({
    from: instant,
    until: instant,
    stepSeconds: whole,
    /** Milliseconds of good results, of the whole window. */
    ...latency,
    /** Steps without any result are left out. */
    points: z.array(z.object({ at: instant, bad: whole, ...latency })),
    outages: z.array(z.object({ ...stretch, reason: z.string() })),
    maintenance: z.array(z.object(stretch)),
    /** When the desk itself saw nothing. */
    blind: z.array(z.object(stretch)),
  })
  .meta({ id: 'CheckLatency' });
export type Latency = z.infer<typeof Latency>;

export const Report = z
  .object({
    /** Newest first; as far back as the check goes. */
    months: z.array(z.object({ month: z.string(), share, downMinutes: whole, outages: whole })),
    outages: z.array(z.object({ ...stretch, minutes: whole, reason: z.string() })),
  })
  .meta({ id: 'CheckReport' });

/** A place whose answer shows that the desk itself reaches anything; any answer will do. */
export const GuardTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http'), url: webUrl }),
  z.strictObject({ kind: z.literal('tcp'), host, port }),
  z.strictObject({ kind: z.literal('ping'), host }),
]);
export type GuardTarget = z.infer<typeof GuardTarget>;
export const Guard = z
  .object({ /** Empty: a failure is believed without asking. */ targets: z.array(GuardTarget), /** Since when none of them answers. */ blindSince: instant.nullable() })
  .meta({ id: 'CheckGuard' });

export const MoveLine = z
  .object({
    key: z.string(),
    name: z.string(),
    /** Its kind in the words of the other system. */
    kind: z.string(),
    target: z.string(),
    becomes: z.enum(['new', 'there', 'left']),
    service: Ref.nullable(),
    /** The check that it is already. */
    check: Ref.nullable(),
    /** What of it is not taken over, or otherwise than it was. */
    notes: z.array(z.string()),
    /** Why it is not taken over. */
    because: z.string(),
  })
  .meta({ id: 'MoveLine' });
export type MoveLine = z.infer<typeof MoveLine>;
export const MovePlan = z
  .object({
    format: z.enum(['uptime-kuma', 'gatus']),
    lines: z.array(MoveLine),
    /** Settings of the whole that are not taken over. */
    left: z.array(z.object({ what: z.string(), because: z.string() })),
    counts: z.object({ new: whole, there: whole, left: whole }),
  })
  .meta({ id: 'MovePlan' });
export type MovePlan = z.infer<typeof MovePlan>;
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
      input: { ...pageInput, q: z.string().trim().max(100).optional(), state: many(state).optional(), kind: many(kind).optional(), service: number.optional() },
      output: page(Check),
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
        may: mayOf('update', 'pause', 'resume', 'retire', 'probeNow', 'renewPingUrl'),
      }),
    }),
    results: verb('GET /checks/{number}/results', {
      can: 'checks.read',
      about: 'list the results of a check, newest first',
      input: { number, ...pageInput },
      output: page(Result),
    }),
    uptime: verb('GET /checks/uptime', {
      can: 'checks.read',
      about: 'the uptime of some checks over the last 30 days, day by day',
      input: { number: many(number) },
      output: z.object({ items: z.array(z.object({ number: z.string(), month: share, days })) }),
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
