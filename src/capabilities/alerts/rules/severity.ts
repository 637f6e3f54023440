/** From worst to least. */
export const severities = ['critical', 'error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

const words: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  crit: 'critical',
  fatal: 'critical',
  emergency: 'critical',
  emerg: 'critical',
  alert: 'critical',
  page: 'critical',
  disaster: 'critical',
  sev1: 'critical',
  p1: 'critical',
  down: 'critical',
  outage: 'critical',
  urgent: 'critical',
  blocker: 'critical',
  error: 'error',
  err: 'error',
  major: 'error',
  high: 'error',
  severe: 'error',
  sev2: 'error',
  p2: 'error',
  failed: 'error',
  failure: 'error',
  warning: 'warning',
  warn: 'warning',
  minor: 'warning',
  medium: 'warning',
  average: 'warning',
  degraded: 'warning',
  sev3: 'warning',
  p3: 'warning',
  ticket: 'warning',
  info: 'info',
  information: 'info',
  informational: 'info',
  notice: 'info',
  debug: 'info',
  low: 'info',
  none: 'info',
  ok: 'info',
  sev4: 'info',
  p4: 'info',
  sev5: 'info',
  p5: 'info',
};

/** The desk's severity for a sender's word, whatever its case. Unknown or missing words are `error`: in doubt the worse, yet not the worst. */
export function severityOf(word: unknown): Severity {
  if (typeof word !== 'string' && typeof word !== 'number') return 'error';
  const key = String(word)
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '');
  return Object.hasOwn(words, key) ? words[key]! : 'error';
}
