import * as z from 'zod';
import { longestKey } from '../rules/identity.ts';
import { safeLink, type Signal } from '../rules/signal.ts';
import { fromText, type Answer, type Verdict } from './pagerduty.ts';

/** PagerDuty Events API v1, `POST /generic/2010-04-15/create_event.json`: older senders speak it (Healthchecks, Alertmanager with `service_key`). */
const Event = z.object({
  service_key: z.string().length(32, "Length of 'service_key' is incorrect (should be 32 characters)"),
  event_type: z.enum(['trigger', 'acknowledge', 'resolve'], "'event_type' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')"),
  incident_key: z.string().max(longestKey, `Length of 'incident_key' is incorrect (should be at most ${longestKey} characters)`).nullish(),
  description: z.string().nullish(),
  client: z.string().nullish(),
  client_url: z.string().nullish(),
  details: z.unknown().optional(),
});
const Details = z.record(z.string(), z.unknown());
const LONGEST = 1024;

export type Reading = { readonly signals: readonly [Signal]; readonly routingKey: string };
type Problem = Extract<Verdict, { kind: 'invalid' | 'unrecognised' }>;

/** One signal. This version has no severity and always meant that somebody is to be told, so it counts as an error. */
export function read(body: unknown): Reading | { readonly problem: Problem } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { problem: { kind: 'unrecognised' } };
  const event = Event.safeParse(body);
  if (!event.success) return { problem: { kind: 'invalid', errors: event.error.issues.map(({ message }) => message) } };
  const { service_key: routingKey, event_type: kind, incident_key: key, description, client, client_url: url, details } = event.data;
  if (kind === 'trigger' && !description?.trim()) return { problem: { kind: 'invalid', errors: ["'description' is missing or blank"] } };
  if (kind !== 'trigger' && !key) return { problem: { kind: 'invalid', errors: ["'incident_key' is missing or blank"] } };
  const said = Details.safeParse(details);
  const signal: Signal = {
    kind,
    key: key || null,
    summary: [...(description ?? '').trim()].slice(0, LONGEST).join(''),
    severity: 'error',
    source: client ?? '',
    labels: {},
    details: { ...(said.success ? said.data : details === undefined || details === null ? {} : { details }), ...(client ? { client } : {}) },
    startsAt: null,
    link: safeLink(url),
    links: [],
  };
  return { signals: [signal], routingKey };
}

/** The same for the text of the request, which may not be JSON. */
export const readText = fromText(read);

/** The answer in the words of the original: 200, and the key under its older name. */
export function answer(verdict: Verdict, asV2: (verdict: Verdict) => Answer): Answer {
  if (verdict.kind === 'accepted') return { status: 200, body: { status: 'success', message: 'Event processed', incident_key: verdict.key } };
  return verdict.kind === 'limited' ? { status: 403, body: asV2(verdict).body } : asV2(verdict);
}
