import * as z from 'zod';
import { instantFrom, safeLink, type Link } from '../rules/signal.ts';
import type { Answer, Problem, Verdict } from './pagerduty.ts';

/** PagerDuty change events, `POST /v2/change/enqueue`: what was deployed or changed. They page nobody. */
export interface Change {
  readonly summary: string;
  readonly origin: string;
  /** Epoch ms; null: now. */
  readonly at: number | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly links: readonly Link[];
}
export type ChangeReading = { readonly change: Change; readonly routingKey: string };

const Event = z.object({
  routing_key: z.string("'routing_key' is missing or blank").length(32, "Length of 'routing_key' is incorrect (should be 32 characters)"),
  payload: z.object(
    {
      summary: z
        .string("'payload.summary' is missing or blank")
        .trim()
        .min(1, "'payload.summary' is missing or blank")
        .max(1024, "Length of 'payload.summary' is incorrect (should be at most 1024 characters)"),
      source: z.string().nullish(),
      timestamp: z.unknown().optional(),
      custom_details: z.record(z.string(), z.unknown(), "'payload.custom_details' is invalid (must be an object)").nullish(),
    },
    "'payload' is missing or blank",
  ),
  links: z
    .array(z.object({ href: z.unknown().optional(), text: z.string().nullish() }))
    .nullish()
    .catch(null),
});

export function read(body: unknown): ChangeReading | { readonly problem: Problem } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { problem: { kind: 'unrecognised' } };
  const event = Event.safeParse(body);
  if (!event.success) return { problem: { kind: 'invalid', errors: event.error.issues.map(({ message }) => message) } };
  const { routing_key: routingKey, payload, links } = event.data;
  const shown = (links ?? []).flatMap(({ href, text }): Link[] => {
    const address = safeLink(href);
    return address === null ? [] : [{ href: address, text: text || address }];
  });
  return {
    routingKey,
    change: { summary: payload.summary, origin: payload.source ?? '', at: instantFrom(payload.timestamp), details: payload.custom_details ?? {}, links: shown.slice(0, 20) },
  };
}

/** The answers of the original: as for alerts, but a change has no key and its own words. */
export function answer(verdict: Verdict | { readonly kind: 'noted' }, asV2: (verdict: Verdict) => Answer): Answer {
  return verdict.kind === 'noted' ? { status: 202, body: { status: 'success', message: 'Change event processed' } } : asV2(verdict);
}
