import type { Labels } from '#capabilities/mutes/rules/index.ts';
import type { Severity } from './severity.ts';

export type Link = { readonly href: string; readonly text: string };

/** What one message from a monitoring system says, whatever its format. */
export type Signal = {
  readonly kind: 'trigger' | 'acknowledge' | 'resolve';
  /** Identifies the alert within its integration; null: the sender gave none and the desk makes one. */
  readonly key: string | null;
  readonly summary: string;
  readonly severity: Severity;
  readonly source: string;
  readonly labels: Labels;
  readonly details: Readonly<Record<string, unknown>>;
  /** Epoch ms; null when the sender does not say. */
  readonly startsAt: number | null;
  /** Back to the sender's own page; only http and https. */
  readonly link: string | null;
  readonly links: readonly Link[];
};

/** The address if it is http or https, else null: a link from outside may not run anything. */
export function safeLink(address: unknown): string | null {
  return typeof address === 'string' && /^https?:\/\/[^\s]+$/i.test(address.trim()) ? address.trim() : null;
}

/** Years 2 to 9998: what lies outside means nothing, and a database or a zone may not be able to hold it. */
const FIRST = Date.parse('0002-01-01T00:00:00Z');
const LAST = Date.parse('9999-01-01T00:00:00Z');

/** Epoch ms of a sender's time: RFC 3339 with up to 9 digits, also `+0000` without a colon; null if unreadable or in no year that can be meant. */
export function instantFrom(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const [, date, time, fraction, sign, hours, minutes] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?\s*(?:Z|([+-])(\d{2}):?(\d{2}))$/i.exec(text.trim()) ?? [];
  if (date === undefined) return null;
  const instant = Date.parse(`${date}T${time}${(fraction ?? '.000').slice(0, 4).padEnd(4, '0')}Z`);
  const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  const told = instant - (sign === '-' ? -ahead : ahead);
  return told >= FIRST && told < LAST ? told : null;
}
