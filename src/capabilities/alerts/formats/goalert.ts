import * as z from 'zod';
import { cut, shortKey } from '../rules/cut.ts';
import { fingerprintOf } from '../rules/identity.ts';
import type { Signal } from '../rules/signal.ts';
import type { Problem, Reading } from './alertmanager.ts';

/** GoAlert's generic integration, `POST /api/v2/generic/incoming`: a form, JSON or the query itself. */
const Event = z.object({ summary: z.string().nullish(), details: z.string().nullish(), action: z.string().nullish(), dedup: z.string().nullish() });
/** What the original answers, whether the event opened, repeated or closed something. */
export const acceptedStatus = 204;
const LONGEST_SUMMARY = 1024;
const LONGEST_DETAILS = 6 * 1024;

/** A key of the sender and one that follows from the text are never the same alert. */
function keyOf(said: { readonly dedup: string; readonly summary: string; readonly details: string }): string {
  if (said.dedup === '') return `auto:${fingerprintOf({ summary: cut(said.summary, LONGEST_SUMMARY), details: cut(said.details, LONGEST_DETAILS) })}`;
  return shortKey(`user:${said.dedup}`);
}

export function read(body: unknown): Reading | { readonly problem: Problem } {
  const event = Event.safeParse(body);
  if (!event.success) return { problem: { status: 400, sentence: 'summary, details, action and dedup are texts.' } };
  const [summary, details, dedup] = [event.data.summary?.trim() ?? '', event.data.details?.trim() ?? '', event.data.dedup?.trim() ?? ''];
  const closes = event.data.action === 'close';
  if (summary === '' && !(closes && dedup !== '')) return { problem: { status: 400, sentence: 'summary is missing: say in a few words what is wrong.' } };
  const signal: Signal = {
    kind: closes ? 'resolve' : 'trigger',
    key: keyOf({ dedup, summary, details }),
    summary: cut(summary, LONGEST_SUMMARY),
    severity: 'error',
    source: '',
    labels: {},
    details: details === '' ? {} : { details: cut(details, LONGEST_DETAILS) },
    startsAt: null,
    link: null,
    links: [],
  };
  return { signals: [signal], refused: [], truncated: 0 };
}
