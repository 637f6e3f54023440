import { fields, Unreadable } from '#kernel/foreign.ts';
import type { Found } from './found.ts';
import { readGrafanaOnCall } from './grafana-oncall.ts';
import { readOpsgenie } from './opsgenie.ts';
import { readPagerDuty } from './pagerduty.ts';

/** Rotas of another system, told by what the document holds. */
export function readRotas(source: string, now: number): Found {
  const document = fields(documentOf(source));
  if ('on_call_shifts' in document) return readGrafanaOnCall(document);
  if ('schedule' in document || 'schedules' in document) return readPagerDuty(document, now);
  if ('data' in document) return readOpsgenie(document, now);
  throw new Unreadable(
    'These are no schedules of PagerDuty (schedule or schedules), Opsgenie (data) or Grafana OnCall (schedules with on_call_shifts). Paste the answer of its API as it is.',
  );
}

function documentOf(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new Unreadable(`The text is not JSON: ${error instanceof Error ? error.message.replace(/[.:]$/, '') : ''}. Paste the whole answer as it is.`);
  }
}
