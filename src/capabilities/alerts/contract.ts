import * as z from 'zod';
import { contract, flag, instant, many, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';

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
  })
  .meta({ id: 'Alert' });
export type Alert = z.infer<typeof Alert>;

/** One stage of the way from the signal to a person: a question, the verdict, and a sentence with its facts. */
export const Stage = z
  .object({
    question: z.string(),
    verdict: z.string(),
    state: z.enum(['good', 'info', 'warning', 'critical', 'unknown', 'waiting']),
    sentence: z.string(),
    at: instant.nullable(),
    record: Ref.nullable(),
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
    stages: z.array(Stage),
    /** Why the viewer was paged, or null when they were not. */
    whyMe: z.string().nullable(),
    seenBefore: z.object({ count: z.number().int(), days: z.number().int(), last: Ref.nullable() }),
    signals: z.array(z.object({ at: instant, kind: z.string(), effect: z.string() })),
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
    waiting: z.number().int(),
    failed: z.number().int(),
    keys: z.array(z.object({ id: z.uuid(), prefix: z.string(), createdAt: instant })),
  })
  .meta({ id: 'AlertSource' });

const Key = z.object({ key: z.string(), addresses: z.array(z.object({ format: z.string(), address: z.string(), how: z.string() })), source: Source });
export const Binding = z.object({ id: z.uuid(), matchers: z.string(), service: Ref }).meta({ id: 'BindingRule' });

export const alerts = contract({
  name: 'alerts',
  about: 'conditions that are firing, from any monitoring system, deduplicated and bound to a service',
  permissions: { 'alerts.read': 'viewer', 'alerts.answer': 'responder', 'alerts.configure': 'lead' },
  kinds: {
    alert: { prefix: 'ALR', word: 'alert', page: '/alerts/{number}' },
    source: { prefix: 'SRC', word: 'alert source', page: '/sources/{number}' },
  },
  events: {
    'alert.opened': 'began to fire',
    'alert.acknowledged': 'acknowledged the alert',
    'alert.resolved': 'resolved the alert',
    'alert.escalated': 'passed the alert on',
    'alert.reopened': 'took the acknowledgement back',
    'source.created': 'connected the source',
    'source.changed': 'changed the source',
    'source.keyMade': 'made a key',
    'source.keyRevoked': 'revoked a key',
    'source.retired': 'disconnected the source',
    'source.tested': 'sent a test signal',
    'bindings.changed': 'changed the binding rules',
  },
  verbs: {
    list: verb('GET /alerts', {
      can: 'alerts.read',
      about: 'list alerts, newest first',
      input: {
        ...pageInput,
        state: many(alertState).optional(),
        severity: many(alertSeverity).optional(),
        service: number.optional(),
        source: number.optional(),
        q: z.string().max(100).optional(),
        from: instant.optional(),
        until: instant.optional(),
        mine: flag.optional(),
      },
      output: page(Alert),
    }),
    get: verb('GET /alerts/{number}', { can: 'alerts.read', about: 'look at an alert and how it reached whom', input: { number }, output: AlertDetail }),
    acknowledge: verb('POST /alerts/{number}/acknowledge', { can: 'alerts.answer', about: 'say "I have it": nobody else is paged', input: { number }, output: Alert }),
    unacknowledge: verb('POST /alerts/{number}/unacknowledge', {
      can: 'alerts.answer',
      about: 'take an acknowledgement back: paging begins anew',
      input: { number },
      output: Alert,
    }),
    escalate: verb('POST /alerts/{number}/escalate', { can: 'alerts.answer', about: 'page the next step of the policy now', input: { number }, output: Alert }),
    resolve: verb('POST /alerts/{number}/resolve', { can: 'alerts.answer', about: 'resolve an alert by hand', input: { number }, output: Alert }),
    sources: verb('GET /sources', { can: 'alerts.read', about: 'list alert sources with their health', input: { ...pageInput }, output: page(Source) }),
    source: verb('GET /sources/{number}', {
      can: 'alerts.read',
      about: 'look at an alert source and what it sent lately',
      input: { number },
      output: z.object({
        source: Source,
        recent: z.array(
          z.object({ id: z.uuid(), at: instant, format: z.string(), state: z.string(), error: z.string().nullable(), signals: z.number().int().nullable(), body: z.string() }),
        ),
        may: mayOf('updateSource', 'makeKey', 'retireSource'),
      }),
    }),
    createSource: verb('POST /sources', {
      can: 'alerts.configure',
      about: 'connect a monitoring system; the key is shown once',
      secret: true,
      input: { name: title, about: z.string().max(500).default(''), service: number.nullable().default(null) },
      output: Key,
    }),
    updateSource: verb('POST /sources/{number}', {
      can: 'alerts.configure',
      about: 'rename a source or give it a service',
      input: { number, version, name: title.optional(), about: z.string().max(500).optional(), service: number.nullable().optional() },
      output: Source,
    }),
    makeKey: verb('POST /sources/{number}/keys', {
      can: 'alerts.configure',
      about: 'make a second key, to change it without losing a signal',
      secret: true,
      input: { number },
      output: Key,
    }),
    revokeKey: verb('POST /sources/{number}/keys/{keyId}/revoke', { can: 'alerts.configure', about: 'revoke a key', input: { number, keyId: z.uuid() }, output: Source }),
    test: verb('POST /sources/{number}/test', {
      can: 'alerts.configure',
      about: 'send a test signal through the whole way; it resolves when you resolve it',
      input: { number, severity: alertSeverity.default('critical') },
      output: z.object({ sentence: z.string() }),
    }),
    retireSource: verb('POST /sources/{number}/retire', {
      can: 'alerts.configure',
      about: 'disconnect a source; its keys stop at once',
      input: { number, version },
      output: Source,
    }),
    bindings: verb('GET /alert-bindings', {
      can: 'alerts.read',
      about: 'list the rules that bind alerts to services',
      output: z.object({ items: z.array(Binding), labelNames: z.array(z.string()) }),
    }),
    setBindings: verb('POST /alert-bindings', {
      can: 'alerts.configure',
      about: 'replace the rules that bind alerts to services; the first that matches decides',
      input: { rules: z.array(z.strictObject({ matchers: z.string().trim().min(1).max(500), service: number })).max(500) },
      output: z.object({ items: z.array(Binding), labelNames: z.array(z.string()) }),
    }),
  },
});
