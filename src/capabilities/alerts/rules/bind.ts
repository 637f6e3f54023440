import { matchesAll, writeMatchers } from '#capabilities/mutes/rules/index.ts';
import type { Labels, Matcher } from '#capabilities/mutes/rules/index.ts';

export type BindingRule = { readonly id: string; readonly matchers: readonly Matcher[]; readonly serviceId: string };
export type BindableService = { readonly id: string; readonly slug: string; readonly name: string };

/** Labels that commonly name a service, the most telling first. */
export const serviceLabels = ['service', 'service_name', 'app', 'app_kubernetes_io_name', 'application', 'component', 'job'] as const;

export type Binding = {
  readonly rules: readonly BindingRule[];
  readonly services: readonly BindableService[];
  readonly labelNames?: readonly string[];
  /** The service an integration belongs to; taken when nothing else decides. */
  readonly fallbackId?: string | null;
};

export type Bound = { readonly serviceId: string | null; readonly ruleId: string | null; readonly because: string };

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_./-]+/g, '-');
}

/**
 * The service that a signal is about and the reason as a sentence. The first rule that matches decides, then the first
 * label that names a service by slug or name (case, spaces and dashes do not matter), then the integration's own service.
 */
export function bind(labels: Labels, { rules, services, labelNames = serviceLabels, fallbackId = null }: Binding): Bound {
  const named = (id: string) => services.find((service) => service.id === id)?.name;
  const rule = rules.find((r) => named(r.serviceId) !== undefined && matchesAll(r.matchers, labels));
  if (rule) return { serviceId: rule.serviceId, ruleId: rule.id, because: `Belongs to ${named(rule.serviceId)} by the rule ${writeMatchers(rule.matchers)}.` };
  for (const name of labelNames) {
    const value = Object.hasOwn(labels, name) ? labels[name]! : '';
    if (value === '') continue;
    const wanted = plain(value);
    const service = services.find((s) => plain(s.slug) === wanted) ?? services.find((s) => plain(s.name) === wanted);
    if (service) return { serviceId: service.id, ruleId: null, because: `Belongs to ${service.name} by its label ${name}="${value}".` };
  }
  const own = fallbackId === null ? undefined : named(fallbackId);
  if (own !== undefined) return { serviceId: fallbackId, ruleId: null, because: `Belongs to ${own}, the service of the integration: no rule and no label says otherwise.` };
  return { serviceId: null, ruleId: null, because: 'Belongs to no service: no rule matches and no label names one.' };
}
