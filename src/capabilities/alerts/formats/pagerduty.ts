import * as z from 'zod';
import { longestKey } from '../rules/identity.ts';
import { instantFrom, safeLink } from '../rules/signal.ts';
import type { Link, Signal } from '../rules/signal.ts';
import { severities } from '../rules/severity.ts';

/** PagerDuty Events API v2, `POST /v2/enqueue` (PagerDuty/api-schema, events-v2). An event is at most 512 KB. */
export const largestEvent = 512 * 1024;

const keyLength = 32;
const longestSummary = 1024;

export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };
export type Verdict =
  | { readonly kind: 'accepted'; readonly key: string }
  | { readonly kind: 'invalid'; readonly errors: readonly string[] }
  | { readonly kind: 'unrecognised' }
  | { readonly kind: 'limited' }
  | { readonly kind: 'unavailable' };
export type Problem = Extract<Verdict, { kind: 'invalid' | 'unrecognised' }>;
export type Reading = { readonly signals: readonly [Signal]; readonly routingKey: string };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const fields = z.record(z.string(), z.unknown());

function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  const parsed = fields.safeParse(value);
  return parsed.success ? parsed.data : null;
}

function payloadErrors(payload: unknown): string[] {
  const given = objectOf(payload);
  if (given === null || Object.keys(given).length === 0) return ["'payload' is missing or blank"];
  const errors: string[] = [];
  for (const name of ['summary', 'source']) {
    if (text(given[name]).trim() === '') errors.push(`'payload.${name}' is missing or blank`);
  }
  if ([...text(given['summary'])].length > longestSummary) errors.push(`Length of 'payload.summary' is incorrect (should be at most ${longestSummary} characters)`);
  if (!severities.some((known) => known === given['severity'])) {
    errors.push("'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')");
  }
  if (given['custom_details'] !== undefined && given['custom_details'] !== null && objectOf(given['custom_details']) === null) {
    errors.push("'payload.custom_details' is invalid (must be an object)");
  }
  return errors;
}

function errorsOf(event: Readonly<Record<string, unknown>>): string[] {
  const errors: string[] = [];
  const key = event['dedup_key'];
  const action = event['event_action'];
  if (text(event['routing_key']).length !== keyLength) errors.push(`Length of 'routing_key' is incorrect (should be ${keyLength} characters)`);
  if (action !== 'trigger' && action !== 'acknowledge' && action !== 'resolve') {
    errors.push("'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')");
  }
  if (key !== undefined && key !== null && typeof key !== 'string') errors.push("'dedup_key' is invalid (must be a string)");
  if ([...text(key)].length > longestKey) errors.push(`Length of 'dedup_key' is incorrect (should be at most ${longestKey} characters)`);
  // Senders put what they like beside a resolve (Uptime Kuma sends the whole payload), so it is checked for triggers only.
  if (action === 'trigger') errors.push(...payloadErrors(event['payload']));
  else if (text(key) === '') errors.push("'dedup_key' is missing or blank");
  return errors;
}

function listed(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(objectOf).filter((item) => item !== null) : [];
}

function linksOf(event: Readonly<Record<string, unknown>>): Link[] {
  const links = listed(event['links']).map(({ href, text: name }) => ({ href: safeLink(href), text: text(name) }));
  const images = listed(event['images']).map(({ src, href, alt }) => ({ href: safeLink(href) ?? safeLink(src), text: text(alt) }));
  return [...links, ...images].flatMap(({ href, text: name }) => (href === null ? [] : [{ href, text: name || href }]));
}

function signalOf(event: Readonly<Record<string, unknown>>): Signal {
  const payload = objectOf(event['payload']) ?? {};
  const named = (['source', 'component', 'group', 'class'] as const).flatMap((name) => (text(payload[name]) === '' ? [] : [[name, text(payload[name])]]));
  const links = linksOf(event);
  return {
    kind: event['event_action'] as Signal['kind'],
    key: text(event['dedup_key']) || null,
    summary: text(payload['summary']).trim(),
    severity: severities.find((known) => known === payload['severity']) ?? 'error',
    source: text(payload['source']) || text(event['client']),
    labels: Object.fromEntries(named) as Record<string, string>,
    details: { ...objectOf(payload['custom_details']), ...(text(event['client']) ? { client: text(event['client']) } : {}) },
    startsAt: instantFrom(payload['timestamp']),
    link: safeLink(event['client_url']) ?? links[0]?.href ?? null,
    links,
  };
}

/** One signal; its key is null when the sender left it out or empty, then the desk makes one and returns it in the answer. */
export function read(body: unknown): Reading | { readonly problem: Problem } {
  const event = fields.safeParse(body);
  if (!event.success) return { problem: { kind: 'unrecognised' } };
  const errors = errorsOf(event.data);
  if (errors.length > 0) return { problem: { kind: 'invalid', errors } };
  return { signals: [signalOf(event.data)], routingKey: text(event.data['routing_key']) };
}

/** A reader of the request's text, which may not be JSON. */
export function fromText<T>(readBody: (body: unknown) => T): (given: string) => T | { readonly problem: Problem } {
  return (given) => {
    let body: unknown;
    try {
      body = JSON.parse(given);
    } catch {
      return { problem: { kind: 'unrecognised' } };
    }
    return readBody(body);
  };
}

export const readText = fromText(read);

/** The answer word for word as the original gives it: senders show and compare these texts. */
export function answer(verdict: Verdict): Answer {
  switch (verdict.kind) {
    case 'accepted':
      return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: verdict.key } };
    case 'invalid':
      return { status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors: verdict.errors } };
    case 'unrecognised':
      return { status: 400, body: { status: 'Unrecognized object', message: 'Event object format is unrecognized', errors: ['JSON parse error'] } };
    case 'limited':
      return { status: 429, body: { status: 'throttle exceeded', message: 'Requests for this service or integration are arriving too quickly. Please retry later.' } };
    case 'unavailable':
      return { status: 503, body: { status: 'unavailable', message: 'The event could not be stored. Please retry later.' } };
  }
}

/** Whether a sender tries again after this answer: only 429 and 5xx; everything else is final. */
export function senderRetries(status: number): boolean {
  return status === 429 || (status >= 500 && status <= 599);
}
