import { matchesAll, writeMatchers, type Labels, type Matcher } from '#capabilities/mutes/rules/index.ts';

export type BindingRule = { readonly id: string; readonly matchers: readonly Matcher[]; readonly serviceId: string };
export type BindableService = { readonly id: string; readonly slug: string; readonly name: string };

/** Labels that commonly name a service, the most telling first. */
export const serviceLabels = ['service', 'service_name', 'app', 'app_kubernetes_io_name', 'application', 'component', 'job'] as const;
/** Labels that commonly name a host, a device or its address. */
const hostLabels = ['instance', 'host', 'hostname', 'host_name', 'node', 'nodename', 'server', 'device', 'address', 'component'] as const;

/** What stands behind the name of a host or an address. */
export type Standing = { readonly componentId: string; readonly serviceId: string | null; readonly sentence: string };

export type Binding = {
  readonly rules: readonly BindingRule[];
  readonly services: readonly BindableService[];
  readonly labelNames?: readonly string[];
  /** The service an integration belongs to; taken when nothing else decides. */
  readonly fallbackId?: string | null;
  /** Components by the names that `hostNames` gives. */
  readonly hosts?: ReadonlyMap<string, Standing>;
};

/** A signal as binding sees it: `about` are annotations or details, `origin` what the sender calls its origin. */
export type Bindable = { readonly labels: Labels; readonly about?: Readonly<Record<string, unknown>>; readonly origin?: string };
export type Bound = { readonly serviceId: string | null; readonly componentId: string | null; readonly ruleId: string | null; readonly because: string };

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_./-]+/g, '-');
}

function labelOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? labels[name]! : '';
}

/** Names under which the host of a signal may stand in the catalog, the most telling first: whole, without its port, without its domain. */
export function hostNames({ labels, origin = '' }: Bindable): readonly string[] {
  const names = new Set<string>();
  for (const value of [...hostLabels.map((name) => labelOf(labels, name)), origin]) {
    const host = /^\[?([^\]\s]{2,253}?)\]?(:\d{1,5})?$/.exec(value.trim())?.[1];
    if (host === undefined) continue;
    names.add(host);
    const short = host.split('.')[0]!;
    if (!/^\d+$/.test(short) && short.length > 1) names.add(short);
  }
  return [...names];
}

/**
 * Says of a signal which service it is about, and why as a sentence. The first rule that matches decides, then the first
 * label or annotation that names a service by slug or name (case, spaces and dashes do not matter), then the host or
 * address that the catalog knows, then the integration's own service.
 */
export function binderOf({ rules, services, labelNames = serviceLabels, fallbackId = null, hosts = new Map() }: Binding): (signal: Bindable) => Bound {
  const byId = new Map(services.map((service) => [service.id, service]));
  const byName = new Map([...services.map((service) => [plain(service.name), service] as const), ...services.map((service) => [plain(service.slug), service] as const)]);
  return (signal) => {
    const { labels, about = {} } = signal;
    const rule = rules.find((one) => byId.has(one.serviceId) && matchesAll(one.matchers, labels));
    const host = hostNames(signal).flatMap((name) => hosts.get(name) ?? [])[0];
    const componentId = host?.componentId ?? null;
    if (rule)
      return { serviceId: rule.serviceId, componentId, ruleId: rule.id, because: `Belongs to ${byId.get(rule.serviceId)!.name} by the rule ${writeMatchers(rule.matchers)}.` };
    for (const name of labelNames) {
      const service = byName.get(plain(labelOf(labels, name)));
      if (service) return { serviceId: service.id, componentId, ruleId: null, because: `Belongs to ${service.name} by its label ${name}="${labelOf(labels, name)}".` };
    }
    const noted = byName.get(plain(typeof about['service'] === 'string' ? about['service'] : ''));
    if (noted) return { serviceId: noted.id, componentId, ruleId: null, because: `Belongs to ${noted.name} by its annotation service.` };
    if (host?.serviceId) return { serviceId: host.serviceId, componentId, ruleId: null, because: host.sentence };
    const own = fallbackId === null ? undefined : byId.get(fallbackId);
    if (own)
      return {
        serviceId: own.id,
        componentId,
        ruleId: null,
        because: `${host ? `${host.sentence} ` : ''}Belongs to ${own.name}, the service of the integration: no rule and no label says otherwise.`,
      };
    return {
      serviceId: null,
      componentId,
      ruleId: null,
      because: host?.sentence ?? 'Belongs to no service: no rule matches, no label names one, and the catalog knows no such host.',
    };
  };
}
