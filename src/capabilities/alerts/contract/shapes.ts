import * as z from 'zod';
import { HOLDS } from '../rules/outcomes.ts';
import { OUTCOMES } from '../rules/outcomes.ts';
import { instant, mayOf, Ref } from '#kernel/contract.ts';

export const ALERT_STATES = ['triggered', 'acknowledged', 'resolved'] as const;
export const alertState = z.enum(ALERT_STATES);
export const alertSeverity = z.enum(['critical', 'error', 'warning', 'info']);

export const Alert = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    state: alertState,
    severity: alertSeverity,
    version: z.number().int(),
    service: Ref.extend({ tier: z.number().int().nullable() }).nullable(),
    source: Ref.nullable(),
    /** What the sender calls its origin: host, job or client. */
    origin: z.string(),
    openedAt: instant,
    startsAt: instant.nullable(),
    lastSignalAt: instant,
    signalCount: z.number().int(),
    acknowledgedAt: instant.nullable(),
    acknowledgedBy: Ref.nullable(),
    resolvedAt: instant.nullable(),
    /** Where the rules sent it, and why nobody is told of it yet. */
    outcome: z.enum(OUTCOMES),
    held: z.enum(HOLDS).nullable(),
    /** Alerts of its group, itself included. */
    groupCount: z.number().int(),
    groupId: z.uuid().nullable(),
  })
  .meta({ id: 'Alert' });
export type Alert = z.infer<typeof Alert>;

/** Alerts that belong together: told about once. */
export const AlertGroup = z
  .object({
    id: z.uuid(),
    title: z.string(),
    count: z.number().int(),
    /** So many of them still fire. */
    open: z.number().int(),
    /** The worst of them. */
    severity: alertSeverity,
    openedAt: instant,
    lastAt: instant,
    closedAt: instant.nullable(),
    /** What is worst about those that are open: one fires, all are taken, none is. */
    state: alertState,
    /** Why nobody is told of any of them yet. */
    held: z.enum(HOLDS).nullable(),
    /** People are paged about `alert`: whoever answers it answers all of them. */
    isLed: z.boolean(),
    /** The alert that stands for the group: the one people were paged about, else the first. */
    alert: Alert,
  })
  .meta({ id: 'AlertGroup' });
export type AlertGroup = z.infer<typeof AlertGroup>;

/** One stage of the way from the signal to a person: a question, the verdict, and a sentence with its facts. */
export const Stage = z
  .object({
    question: z.string(),
    verdict: z.string(),
    state: z.enum(['good', 'info', 'warning', 'critical', 'unknown', 'waiting']),
    sentence: z.string(),
    at: instant.nullable(),
    record: Ref.nullable(),
    /** It had nothing to do. */
    plain: z.boolean(),
  })
  .meta({ id: 'AlertStage' });

export const AlertDetail = z
  .object({
    alert: Alert,
    labels: z.record(z.string(), z.string()),
    details: z.record(z.string(), z.unknown()),
    link: z.string().nullable(),
    links: z.array(z.object({ href: z.string(), text: z.string() })),
    dedupKey: z.string(),
    serviceBecause: z.string(),
    /** The rule that decided where it goes, written with those above it; empty when none did. */
    rule: z.string(),
    stages: z.array(Stage),
    /** Why the viewer was paged, or null when they were not; then `whyNotMe` says why not. */
    whyMe: z.string().nullable(),
    whyNotMe: z.string().nullable(),
    seenBefore: z.object({ count: z.number().int(), days: z.number().int(), last: Ref.nullable() }),
    signals: z.array(z.object({ at: instant, kind: z.string(), effect: z.string(), times: z.number().int() })),
    /** The group that it belongs to, when there are more in it. */
    group: z.object({ id: z.uuid(), title: z.string(), count: z.number().int(), open: z.number().int(), lead: Ref.nullable() }).nullable(),
    may: mayOf('acknowledge', 'escalate', 'resolve', 'declare'),
  })
  .meta({ id: 'AlertDetail' });

export const Source = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    about: z.string(),
    service: Ref.nullable(),
    version: z.number().int(),
    lastSignalAt: instant.nullable(),
    lastFailure: z.string().nullable(),
    lastFailureAt: instant.nullable(),
    /** `unknown`: too little was heard to say what is usual. */
    standing: z.enum(['unknown', 'heard', 'silent', 'failing']),
    standingSince: instant.nullable(),
    /** It counts as silent after so long without a message. */
    quietMinutes: z.number().int().nullable(),
    /** Messages of each of the last 24 hours, the running one last. */
    hours: z.array(z.number().int()),
    waiting: z.number().int(),
    failed: z.number().int(),
    keys: z.array(z.object({ id: z.uuid(), prefix: z.string(), createdAt: instant })),
  })
  .meta({ id: 'AlertSource' });
