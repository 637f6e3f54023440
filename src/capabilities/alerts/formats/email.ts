import * as z from 'zod';
import { cut, shortKey } from '../rules/cut.ts';
import type { Mapping } from '../rules/mapping/index.ts';
import type { Severity } from '../rules/severity.ts';
import { instantFrom, safeLink, type Signal } from '../rules/signal.ts';
import type { Problem, Reading } from './alertmanager.ts';
import { read as readMapped } from './events.ts';

/** More than any subject has; the patterns below are not meant for books. */
const LONGEST_SUBJECT = 1000;

/** A mail as the door keeps it: its parts as text, under `mail`. */
const Mail = z.object({
  mail: z.object({
    from: z.string().default(''),
    subject: z
      .string()
      .default('')
      .transform((subject) => cut(subject, LONGEST_SUBJECT)),
    text: z.string().default(''),
    date: z.string().nullish(),
    /** The conversation it belongs to, when its headers name one. */
    thread: z.string().nullish(),
  }),
});

const OVER = /\b(?:resolved|recovered|recovery|cleared|closed|restored|back to normal|ok|up)\b/i;
const DENIED = /\b(?:not|no|never|un)\b[\s-]*(?:\w+\s+)?(?:resolved|recovered|cleared|closed|restored|ok|up)\b|\b(?:back|start|set|look|pick)(?:ing|ed|s)? up\b|\bup to\b/i;
const TAKEN = /\b(?:acknowledged|acknowledgement|ack)\b/i;
/** What a sender puts before or after the matter itself, and what changes from mail to mail about the same matter. */
const STATE_WORDS =
  /\b(?:re|fwd?|aw|wg|problem|alert|alerting|firing|triggered|trigger|down|critical|warning|error|unknown|fatal|disaster|high|average|resolved|recovered|recovery|cleared|closed|restored|back to normal|acknowledged|acknowledgement|ack|ok|up|is|has|been|now|in \d+[smhd]?(?: \d+[smhd])*)\b/gi;
const SEVERITY_WORDS: readonly (readonly [RegExp, Severity])[] = [
  [/\b(?:critical|crit|fatal|disaster|down|emergency|p1|sev1)\b/i, 'critical'],
  [/\b(?:warning|warn|minor|average|degraded|p3|sev3)\b/i, 'warning'],
  [/\b(?:info|information|notice)\b/i, 'info'],
];

/** The matter of a subject: without "Re:", state words, counters and times. */
function matterOf(subject: string): string {
  const plain = subject
    .toLowerCase()
    .replaceAll(/\[[^\]]*\b(?:firing|resolved|ok|alerting)\b[^\]]*\]/g, ' ')
    .replaceAll(STATE_WORDS, ' ')
    .replaceAll(/\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}(?::\d{2})?/g, ' ')
    .replaceAll(/[^\p{L}\p{N}/_.-]+/gu, ' ')
    .trim();
  return plain.replaceAll(/^[\s:.-]+|[\s:.-]+$/g, '');
}

/** The conversation of a mail: the one its headers name, else its matter. */
export function threadOf(subject: string, named = ''): string {
  const said = cut(subject, LONGEST_SUBJECT);
  const thread = named.trim() || matterOf(said) || said.trim().toLowerCase() || '(no subject)';
  return shortKey(thread);
}

function kindOf(subject: string): Signal['kind'] {
  if (TAKEN.test(subject) && !/\bunack/i.test(subject)) return 'acknowledge';
  return OVER.test(subject) && !DENIED.test(subject) ? 'resolve' : 'trigger';
}

/** By the mapping of the source if it has one for mail; else by the words of the subject. */
export function read(body: unknown, mapping: Mapping | null = null): Reading | { readonly problem: Problem } {
  if (mapping) return readMapped(body, mapping);
  const given = Mail.safeParse(body);
  if (!given.success) return { problem: { status: 400, sentence: 'The mail could not be taken apart; it is kept as it came.' } };
  const { from, subject, text, date, thread } = given.data.mail;
  const title = subject.trim() || text.trim().split('\n')[0]?.trim() || '';
  if (title === '') return { problem: { status: 400, sentence: 'The mail has neither a subject nor a text.' } };
  const signal: Signal = {
    kind: kindOf(subject),
    key: thread || threadOf(subject),
    summary: cut(title, 1024),
    severity: SEVERITY_WORDS.find(([word]) => word.test(subject))?.[1] ?? 'error',
    source: from,
    labels: {},
    details: text.trim() === '' ? {} : { text: cut(text.trim(), 4000) },
    startsAt: instantFrom(date),
    link: safeLink(/https?:\/\/[^\s<>"')\]]+/i.exec(text)?.[0]),
    links: [],
  };
  return { signals: [signal], refused: [], truncated: 0 };
}
