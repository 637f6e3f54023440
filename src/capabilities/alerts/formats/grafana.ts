import * as z from 'zod';
import { safeLink, type Link, type Signal } from '../rules/signal.ts';
import { Entry as Shape, readWebhook, type Problem, type Reading } from './alertmanager.ts';

/** Grafana unified alerting, webhook contact point: Alertmanager's shape with links of its own and the measured values. */
const Entry = Shape.extend({
  dashboardURL: z.string().nullish(),
  panelURL: z.string().nullish(),
  silenceURL: z.string().nullish(),
  imageURL: z.string().nullish(),
  values: z.record(z.string(), z.number().nullable()).nullish(),
  valueString: z.string().nullish(),
});
type Entry = z.infer<typeof Entry>;

const LINKS = { panelURL: 'panel', dashboardURL: 'dashboard', imageURL: 'picture', silenceURL: 'silence in Grafana' } as const;

function more(signal: Signal, entry: Entry): Signal {
  const links = Object.entries(LINKS).flatMap(([field, text]): Link[] => {
    const href = safeLink(entry[field as keyof typeof LINKS]);
    return href === null ? [] : [{ href, text }];
  });
  const values = Object.entries(entry.values ?? {}).flatMap(([name, value]) => (value === null ? [] : [`${name} = ${value}`]));
  const said = values.length > 0 ? values.join(', ') : entry.valueString;
  return { ...signal, summary: trouble(entry) ?? signal.summary, links: [...links, ...signal.links], details: { ...signal.details, ...(said ? { values: said } : {}) } };
}

/** When a rule cannot be evaluated, Grafana sends an alert of its own name: it says that nothing is known, not what the rule is about. */
function trouble({ labels, annotations }: Entry): string | undefined {
  const rule = labels['rulename'];
  if (labels['alertname'] === 'DatasourceNoData') return `No data for ${rule ?? 'a rule'}`;
  return labels['alertname'] === 'DatasourceError' ? `${rule ?? 'A rule'} cannot be evaluated${annotations?.['Error'] ? `: ${annotations['Error']}` : ''}` : undefined;
}

export function read(body: unknown): Reading | { readonly problem: Problem } {
  return readWebhook(body, { name: 'Grafana', entry: Entry, more });
}
