import * as z from 'zod';
import { fingerprintOf } from '../rules/identity.ts';
import { instantFrom, safeLink } from '../rules/signal.ts';
import type { Link, Signal } from '../rules/signal.ts';
import { severityOf } from '../rules/severity.ts';

/** Prometheus Alertmanager webhook, version 4. Unknown fields are ignored: newer servers add some. */
const texts = z.record(z.string(), z.coerce.string());
export const Entry = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: texts.refine((labels) => Object.keys(labels).length > 0, 'an alert needs at least one label'),
  annotations: texts.nullish(),
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  generatorURL: z.string().nullish(),
  fingerprint: z.string().nullish(),
});
const Envelope = z.object({
  version: z.string().nullish(),
  groupKey: z.string().nullish(),
  receiver: z.string().nullish(),
  externalURL: z.string().nullish(),
  truncatedAlerts: z.number().nullish(),
  alerts: z.array(z.unknown()),
});
export type Entry = z.infer<typeof Entry>;
type Envelope = z.infer<typeof Envelope>;

export type Problem = { readonly status: 400; readonly sentence: string };
export type Reading = {
  readonly signals: readonly Signal[];
  /** Entries that could not be read; the others are taken all the same, since a 4xx would lose them for good. */
  readonly refused: readonly { readonly place: number; readonly sentence: string }[];
  /** Alerts the sender left out (`max_alerts`): a resolve may never come. */
  readonly truncated: number;
};

const linkNames = ['runbook_url', 'runbook', 'dashboard_url', 'dashboard'];

function linksOf(annotations: Record<string, string>, envelope: Envelope, sender: string): Link[] {
  const named = linkNames.map((name) => ({ href: safeLink(annotations[name]), text: name.replace('_url', '') }));
  const all = [...named, { href: safeLink(envelope.externalURL), text: sender }];
  return all.flatMap(({ href, text }) => (href === null ? [] : [{ href, text }]));
}

function summaryOf(labels: Record<string, string>, annotations: Record<string, string>): string {
  const said = annotations['summary'] || annotations['title'] || annotations['message'] || annotations['description'];
  if (said) return said.trim();
  const name = labels['alertname'] || 'Alert';
  return labels['instance'] ? `${name} on ${labels['instance']}` : name;
}

function signalOf(entry: Entry, envelope: Envelope, sender: string): Signal {
  const annotations = entry.annotations ?? {};
  const { labels } = entry;
  return {
    kind: entry.status === 'resolved' ? 'resolve' : 'trigger',
    key: entry.fingerprint || fingerprintOf(labels),
    summary: summaryOf(labels, annotations),
    severity: severityOf(labels['severity'] ?? labels['priority']),
    source: labels['instance'] || labels['job'] || envelope.receiver || sender,
    labels,
    details: {
      ...annotations,
      ...(envelope.groupKey ? { groupKey: envelope.groupKey } : {}),
      ...(entry.endsAt && instantFrom(entry.endsAt) !== null ? { endsAt: entry.endsAt } : {}),
    },
    startsAt: instantFrom(entry.startsAt),
    link: safeLink(entry.generatorURL),
    links: linksOf(annotations, envelope, sender),
  };
}

/** A sender of this shape: its name, what an entry must be, and what it says beyond the shape. */
interface Sender<E extends Entry> {
  readonly name: string;
  readonly entry: z.ZodType<E>;
  readonly more: (signal: Signal, entry: E) => Signal;
}

/** One signal per entry of `alerts`; the envelope's own status says nothing about a single alert and is not read. */
export function readWebhook<E extends Entry>(body: unknown, { name, entry: shape, more }: Sender<E>): Reading | { readonly problem: Problem } {
  const envelope = Envelope.safeParse(body);
  if (!envelope.success) return { problem: { status: 400, sentence: `This is not a webhook of ${name}: it has no list “alerts”.` } };
  const signals: Signal[] = [];
  const refused: { place: number; sentence: string }[] = [];
  for (const [place, item] of envelope.data.alerts.entries()) {
    const entry = shape.safeParse(item);
    if (entry.success) signals.push(more(signalOf(entry.data, envelope.data, name), entry.data));
    else refused.push({ place, sentence: `${entry.error.issues[0]?.path.join('.') ?? ''}: ${entry.error.issues[0]?.message ?? 'unreadable'}` });
  }
  if (signals.length === 0 && refused.length > 0) return { problem: { status: 400, sentence: `No alert of this message can be read (${refused[0]!.sentence}).` } };
  return { signals, refused, truncated: envelope.data.truncatedAlerts ?? 0 };
}

export function read(body: unknown): Reading | { readonly problem: Problem } {
  return readWebhook(body, { name: 'Alertmanager', entry: Entry, more: (signal) => signal });
}
