import * as z from 'zod';
import { compute, contract, instant, many, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';
import { PROBE_KINDS, ProbeConfig } from './probes/index.ts';
import { SHOWN_STATES } from './rules/index.ts';

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
export const Uptime = z
  .object({
    /** Shares from 0 to 1; null when nothing is known of the time. */
    day: share,
    month: share,
    quarter: share,
    downMinutes: z.number().int(),
    /** 90 UTC days, oldest first; a share of null is a day without results. */
    days: z.array(z.object({ day: z.string(), share, downMinutes: z.number().int() })),
  })
  .meta({ id: 'CheckUptime' });

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
const whole = z.number().int();
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

export const checks = contract({
  name: 'checks',
  about: 'probes that ask, and heartbeats that are waited for',
  permissions: { 'checks.read': 'viewer', 'checks.write': 'responder', /** Checks that run a program on the desk's machine. */ 'checks.script': 'admin' },
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
        may: mayOf('update', 'pause', 'resume', 'retire', 'probeNow', 'renewPingUrl'),
      }),
    }),
    results: verb('GET /checks/{number}/results', {
      can: 'checks.read',
      about: 'list the results of a check, newest first',
      input: { number, ...pageInput },
      output: page(Result),
    }),
    create: verb('POST /checks', { can: 'checks.write', about: 'make a check', input: { name: title, service: number.optional(), probe: ProbeConfig }, output: Check }),
    update: verb('POST /checks/{number}', {
      can: 'checks.write',
      about: 'change a check',
      input: { number, version, name: title.optional(), service: number.nullable().optional(), probe: ProbeConfig.optional() },
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
