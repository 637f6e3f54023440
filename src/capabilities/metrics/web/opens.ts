import type { In } from '#kernel/contract.ts';
import { MEASURES, type metrics, type Opens } from '../contract.ts';

type Search = Readonly<Record<string, string | undefined>>;
type RecordsInput = In<(typeof metrics)['verbs']['records']>;

/** The address of the list of exactly what a figure counts. */
export function hrefOf(opens: Opens): string {
  const { severity, ...rest } = opens;
  const said = Object.entries(rest).flatMap(([name, value]): [string, string][] => (value === undefined || value === null ? [] : [[name, String(value)]]));
  const query = new URLSearchParams([...said, ...(severity?.length ? [['severity', severity.join(',')]] : [])]);
  return `/lead/metrics/records?${query}`;
}

/** The other way: what such an address asks for; nothing when it names no measure. */
export function asksOf(search: Search): RecordsInput | undefined {
  const measure = MEASURES.find((each) => each === search['measure']);
  if (!measure) return undefined;
  const { from, until, service, team, severity, outcome, atLeastMs, belowMs, factor, category, title, practice } = search;
  return {
    measure,
    ...(from && { from: String(from) }),
    ...(until && { until: String(until) }),
    ...(service && { service }),
    ...(team && { team }),
    ...(severity && { severity: String(severity).split(',') }),
    ...(factor && { factor }),
    ...(category && { category }),
    ...(title && { title }),
    ...(practice === 'true' && { practice: true }),
    ...((outcome === 'answered' || outcome === 'unanswered') && { outcome }),
    ...(atLeastMs !== undefined && { atLeastMs: Number(atLeastMs) }),
    ...(belowMs !== undefined && { belowMs: Number(belowMs) }),
  };
}
