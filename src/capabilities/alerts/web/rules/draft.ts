import type { Out } from '#kernel/contract.ts';
import type { alerts } from '../../contract/index.ts';
import { refuseRouting, type Options } from '../../rules/index.ts';
import { words } from './words.ts';

export type Shown = Out<(typeof alerts)['verbs']['routing']>;
export type Routing = Shown['rules'];
export type Rule = Routing['rules'][number];
export type Inhibit = Routing['inhibit'][number];
export type SomeOptions = Rule['set'];
export type Tried = Out<(typeof alerts)['verbs']['tryRouting']>;

const LABEL = /^(\.\.\.|[a-zA-Z_:][a-zA-Z0-9_:]*)$/;

/** Sentences by field, as the server would refuse: "rules.2.matchers". */
export type Faults = ReadonlyMap<string, string>;

/** What keeps these rules from being used, by the same rules as the server's, and what its contract asks beside. */
export function faultsOf(draft: Routing): Faults {
  const faults = new Map<string, string>();
  const labels = (field: string, names: readonly string[] | undefined) => {
    const wrong = names?.find((name) => !LABEL.test(name));
    if (wrong !== undefined) faults.set(field, words.labelFault(wrong));
  };
  for (const { field, sentence } of refuseRouting(draft)) faults.set(field, plain(sentence));
  labels('defaults.groupBy', draft.defaults.groupBy);
  for (const [place, rule] of draft.rules.entries()) {
    if (!rule.name.trim()) faults.set(`rules.${place}.name`, words.nameFault);
    labels(`rules.${place}.groupBy`, rule.set.groupBy);
  }
  for (const [place, rule] of draft.inhibit.entries()) {
    if (!rule.name.trim()) faults.set(`inhibit.${place}.name`, words.nameFault);
    labels(`inhibit.${place}.equal`, rule.equal);
  }
  return faults;
}

/** Beside its field a sentence needs no name of the rule. */
function plain(sentence: string): string {
  const said = sentence.replace(/^[^:]*: /, '');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

export const labelsIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

const freshId = () => [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
export const freshRule = (under: string | null): Rule => ({ id: freshId(), under, name: '', matchers: '', goOn: false, set: { outcome: 'page' } });
export const freshInhibit = (): Inhibit => ({ id: freshId(), name: '', source: '', target: '', equal: [] });

/** Options of a rule with one of them changed; undefined: as above. */
export function withOption<K extends keyof Options>(set: SomeOptions, name: K, value: SomeOptions[K]): SomeOptions {
  const { [name]: _, ...rest } = set;
  return value === undefined ? rest : { ...rest, [name]: value };
}

/** What holds otherwise, with some of it changed: there is always a value for each. */
export const wholeOptions = (defaults: Routing['defaults'], set: SomeOptions): Routing['defaults'] => ({
  outcome: set.outcome ?? defaults.outcome,
  policy: set.policy === undefined ? defaults.policy : set.policy,
  groupBy: set.groupBy ?? defaults.groupBy,
  openAfter: set.openAfter ?? defaults.openAfter,
  openWithinMinutes: set.openWithinMinutes ?? defaults.openWithinMinutes,
  resolveAfter: set.resolveAfter ?? defaults.resolveAfter,
  calmMinutes: set.calmMinutes ?? defaults.calmMinutes,
  reopenMinutes: set.reopenMinutes ?? defaults.reopenMinutes,
  holdSeconds: set.holdSeconds ?? defaults.holdSeconds,
});

/** A rule by its name written with those above it, as alerts keep it. */
export function pathOf(rules: readonly Rule[], rule: Rule): string {
  const above = rules.find((one) => one.id === rule.under);
  return above ? `${pathOf(rules, above)} › ${rule.name}` : rule.name;
}
