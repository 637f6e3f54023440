import * as z from 'zod';
import { instant, Ref } from '#kernel/contract.ts';
import { webUrl } from '../probes/http.ts';
import { PROBE_KINDS, ProbeConfig } from '../probes/index.ts';
import { host, port } from '../probes/shared.ts';
import { SHOWN_STATES } from '../rules/index.ts';

export const state = z.enum(SHOWN_STATES);
export const kind = z.enum(PROBE_KINDS);

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
export const measured = z.record(z.string(), z.number());
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

export const CheckLine = z.object({ ...Check.shape, /** Null when it was not asked for. */ uptime: z.object({ share, days }).nullable() }).meta({ id: 'CheckLine' });
export type CheckLine = z.infer<typeof CheckLine>;

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
    outages: z.array(z.object({ ...stretch, minutes: whole, /** False where it lay under maintenance, or nothing was seen. */ counts: z.boolean(), reason: z.string() })),
  })
  .meta({ id: 'CheckReport' });

export const Public = z
  .object({ name: z.string(), /** Why it is down is told too. */ showsReason: z.boolean(), badgeUrl: z.string(), widgetUrl: z.string() })
  .meta({ id: 'PublicCheck' });

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
