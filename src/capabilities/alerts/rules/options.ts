import { parseMatchers, type Labels } from '#capabilities/mutes/rules/index.ts';
import type { InhibitRule } from './inhibition.ts';
import type { Outcome } from './outcomes.ts';
import { routesOf, type Route } from './routing.ts';
import type { Severity } from './severity.ts';

/** What a routing rule decides. Every rule sets what it wants changed; the rest comes from the rules above it. */
export interface Options {
  /** `severity`: critical and error page, the others are logged. */
  readonly outcome: Outcome | 'severity';
  /** Number of the escalation policy; null: the one of the service. */
  readonly policy: string | null;
  /** Labels whose values make alerts one group; `...` for all labels, that is no grouping. */
  readonly groupBy: readonly string[];
  /** So many firing signals of a group within the minutes before anybody is told. */
  readonly openAfter: number;
  readonly openWithinMinutes: number;
  /** So many signals "it is over" in a row, and calm for so long, before an alert is resolved. */
  readonly resolveAfter: number;
  readonly calmMinutes: number;
  /** One that fires again within these minutes is the same alert, not a new one. */
  readonly reopenMinutes: number;
  /** Nobody is told of what is over before. */
  readonly holdSeconds: number;
}

export const DEFAULTS: Options = {
  outcome: 'severity',
  policy: null,
  groupBy: ['service', 'alertname'],
  openAfter: 1,
  openWithinMinutes: 10,
  resolveAfter: 1,
  calmMinutes: 0,
  reopenMinutes: 5,
  holdSeconds: 0,
};

/** A rule as people write it; `under` names the rule above it, null for the first row of rules. */
export interface RuleText {
  readonly id: string;
  readonly under: string | null;
  readonly name: string;
  readonly matchers: string;
  readonly goOn: boolean;
  readonly set: { readonly [K in keyof Options]?: Options[K] | undefined };
}

export interface InhibitText {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly equal: readonly string[];
}

/** Everything that people set about where alerts go. */
export interface RoutingText {
  readonly defaults: Options;
  readonly rules: readonly RuleText[];
  readonly inhibit: readonly InhibitText[];
  /** Alerts of services that fall because something below them failed are silent (by the catalog). */
  readonly byCatalog: boolean;
}

export const PLAIN_ROUTING: RoutingText = { defaults: DEFAULTS, rules: [], inhibit: [], byCatalog: true };

export interface Routing {
  readonly top: Route<Options>;
  readonly inhibit: readonly (InhibitRule & { readonly name: string })[];
  readonly byCatalog: boolean;
}

/** The sentences by which a text of rules is refused, each with its field; an empty list when it can be used. */
export function refuseRouting({ rules, inhibit }: RoutingText): readonly { readonly field: string; readonly sentence: string }[] {
  const known = new Set<string>();
  const faults: { field: string; sentence: string }[] = [];
  for (const [place, rule] of rules.entries()) {
    const at = (field: string) => `rules.${place}.${field}`;
    const read = parseMatchers(rule.matchers);
    if ('error' in read) faults.push({ field: at('matchers'), sentence: `${rule.name}: ${read.error}.` });
    else if (read.matchers.length === 0) faults.push({ field: at('matchers'), sentence: `${rule.name}: say which alerts it is for. For all alerts, change what holds otherwise.` });
    if (rule.under !== null && !known.has(rule.under)) faults.push({ field: at('under'), sentence: `${rule.name} stands under a rule that does not stand before it.` });
    if (known.has(rule.id)) faults.push({ field: at('id'), sentence: `${rule.name} has the id of another rule.` });
    known.add(rule.id);
  }
  for (const [place, rule] of inhibit.entries()) {
    for (const side of ['source', 'target'] as const) {
      const read = parseMatchers(rule[side]);
      const sentence =
        'error' in read ? `${rule.name}: ${read.error}.` : read.matchers.length === 0 ? `${rule.name}: say which alerts are meant; an empty side would mean all of them.` : null;
      if (sentence) faults.push({ field: `inhibit.${place}.${side}`, sentence });
    }
  }
  return faults;
}

function matchersOf(text: string) {
  const read = parseMatchers(text);
  return 'matchers' in read ? read.matchers : null;
}

function setOnly(set: RuleText['set']): Partial<Options> {
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
}

/** The tree and the rules as the stages use them. What cannot be read any more matches nothing. */
export function readRouting({ defaults, rules, inhibit, byCatalog }: RoutingText): Routing {
  const under = (id: string | null): readonly Route<Options>[] =>
    rules.flatMap((rule) => {
      const matchers = rule.under === id ? matchersOf(rule.matchers) : null;
      return matchers ? [{ id: rule.id, name: rule.name, matchers, goOn: rule.goOn, options: setOnly(rule.set), routes: under(rule.id) }] : [];
    });
  return {
    byCatalog,
    top: { id: '', name: 'otherwise', matchers: [], goOn: false, options: defaults, routes: under(null) },
    inhibit: inhibit.flatMap(({ id, name, source, target, equal }) => {
      const [from, to] = [matchersOf(source), matchersOf(target)];
      return from && to ? [{ id, name, source: from, target: to, equal }] : [];
    }),
  };
}

export interface Routed {
  readonly options: Options;
  readonly outcome: Outcome;
  /** The rule that decided, written with those above it; empty when no rule matched. */
  readonly rule: { readonly id: string; readonly name: string } | null;
}

const weight = { page: 2, ticket: 1, log: 0 } as const;

/** What becomes of an alert with these labels: of all routes that it takes, the one that tells most; of equal ones the first. */
export function routed({ top }: Routing, labels: Labels, severity: Severity): Routed {
  const bySeverity = severity === 'critical' || severity === 'error' ? 'page' : 'log';
  const all = routesOf<Options>(top, labels, DEFAULTS).map(({ path, options }): Routed => {
    const outcome = options.outcome === 'severity' ? bySeverity : options.outcome;
    const rules = path.slice(1);
    const last = rules.at(-1);
    return { options, outcome, rule: last ? { id: last.id, name: rules.map(({ name }) => name).join(' › ') } : null };
  });
  return all.reduce((most, one) => (weight[one.outcome] > weight[most.outcome] ? one : most));
}
