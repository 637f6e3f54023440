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
