import * as z from 'zod';
import { cut, shortKey } from '../rules/cut.ts';
import { fingerprintOf } from '../rules/identity.ts';
import { severityOf } from '../rules/severity.ts';
import { safeLink, type Signal } from '../rules/signal.ts';
import { read as readAlertmanager, type Problem, type Reading } from './alertmanager.ts';

/** incident.io's HTTP alert source, `POST /v2/alert_events/http/{id}`. Alertmanager's `incidentio_configs` sends its own webhook there. */
const Event = z.object({
  title: z.string().trim().min(1),
  status: z.enum(['firing', 'resolved']),
  deduplication_key: z.string().nullish(),
  description: z.string().nullish(),
  source_url: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

/** The key the sender gave, or the one that follows from its title, so that a resolve without a key finds its alert. */
export function keyOf(event: { readonly title: string; readonly deduplication_key?: string | null | undefined }): string {
  const key = event.deduplication_key ?? '';
  return key === '' ? fingerprintOf({ title: cut(event.title, 4000) }) : shortKey(key);
}

export function read(body: unknown): Reading | { readonly problem: Problem } {
  if (typeof body === 'object' && body !== null && 'alerts' in body) return readAlertmanager(body);
  const read = Event.safeParse(body);
  if (!read.success) return { problem: { status: 400, sentence: 'This is not an alert event: it needs a title and a status, firing or resolved.' } };
  const { title, status, description, source_url: url, metadata } = read.data;
  const plain = Object.entries(metadata ?? {}).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : [],
  );
  const meta = Object.fromEntries(plain);
  const signal: Signal = {
    kind: status === 'resolved' ? 'resolve' : 'trigger',
    key: keyOf(read.data),
    summary: cut(title, 1024),
    severity: severityOf(meta['severity'] ?? meta['priority']),
    source: meta['host'] ?? meta['source'] ?? '',
    labels: meta,
    details: { ...(description ? { description } : {}), ...metadata },
    startsAt: null,
    link: safeLink(url),
    links: [],
  };
  return { signals: [signal], refused: [], truncated: 0 };
}

/** The answer of the original; the key is what the sender resolves by. */
export function answer(body: unknown): Readonly<Record<string, unknown>> {
  const read = Event.safeParse(body);
  return { status: 'success', message: 'Event accepted for processing', ...(read.success ? { deduplication_key: keyOf(read.data) } : {}) };
}
