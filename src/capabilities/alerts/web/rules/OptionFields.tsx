import { X } from 'lucide-react';
import { useState } from 'react';
import { oncall } from '#capabilities/oncall/contract.ts';
import { api } from '#web/api.ts';
import { recordChoice } from '#web/record/choices.tsx';
import { Fold } from '#web/record/Fold.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { DEFAULTS, type Options } from '../../rules/index.ts';
import { labelsIn, withOption, type Faults, type SomeOptions } from './draft.ts';
import type { PolicyNames } from './said.ts';
import { words } from './words.ts';

const text = words.options;

const OUTCOMES = (['page', 'ticket', 'log', 'severity'] as const).map((value) => ({ value, label: text.outcomes[value] }));
const outcomeOf = (value: string): Options['outcome'] | undefined => OUTCOMES.find((one) => one.value === value)?.value;

async function searchPolicies(q: string): Promise<readonly Choosable[]> {
  const { items } = await api(oncall).policies({ limit: 12, ...(q.trim() && { q: q.trim() }) });
  return [...(q.trim() ? [] : [{ id: '', label: text.own }]), ...items.map((each) => recordChoice({ ...each, title: each.name }))];
}

export interface OptionsProps {
  /** "rules.2", "defaults": before the names of fields in faults. */
  readonly at: string;
  readonly set: SomeOptions;
  /** What is not set is taken from above; else it is what the product brings. */
  readonly inherits: boolean;
  readonly faults: Faults;
  readonly names: PolicyNames;
  readonly onChange: (set: SomeOptions) => void;
}

/** What happens, and who is paged. */
export function MainOptions({ at, set, inherits, names, onChange }: OptionsProps) {
  const { outcome, policy } = set;
  const own = policy === null ? { id: '', label: text.own } : undefined;
  const chosen = policy ? { id: policy, label: names.get(policy) ?? policy } : own;
  const pages = outcome !== 'ticket' && outcome !== 'log';
  return (
    <div className="duo">
      <Field name={`${at}.outcome`} label={text.outcome}>
        <Select
          options={OUTCOMES}
          {...(inherits && { none: text.above })}
          value={outcome ?? ''}
          onChange={(event) => onChange(withOption(set, 'outcome', outcomeOf(event.currentTarget.value)))}
        />
      </Field>
      {pages ? (
        <Field name={`${at}.policy`} label={text.policy}>
          <span className="choose">
            <Combobox
              label={text.policy}
              none={inherits ? text.above : text.own}
              chosen={chosen}
              search={searchPolicies}
              onChoose={(choice) => onChange(withOption(set, 'policy', choice?.id ? choice.id : null))}
            />
            {inherits && chosen ? (
              <Button square variant="quiet" icon={X} aria-label={`${text.policy}: ${text.above}`} onClick={() => onChange(withOption(set, 'policy', undefined))} />
            ) : null}
          </span>
        </Field>
      ) : null}
    </div>
  );
}

type Count = 'holdSeconds' | 'openAfter' | 'openWithinMinutes' | 'resolveAfter' | 'calmMinutes' | 'reopenMinutes';
const COUNTS: readonly { readonly name: Count; readonly label: string; readonly least: number; readonly most: number }[] = [
  { name: 'holdSeconds', label: `${text.hold} (${text.seconds})`, least: 0, most: 3600 },
  { name: 'reopenMinutes', label: text.reopen, least: 0, most: 1440 },
  { name: 'openAfter', label: text.signals, least: 1, most: 20 },
  { name: 'openWithinMinutes', label: text.within, least: 1, most: 1440 },
  { name: 'resolveAfter', label: text.resolveAfter, least: 1, most: 20 },
  { name: 'calmMinutes', label: text.calm, least: 0, most: 1440 },
];

/** A whole number within its bounds; nothing where the field is empty. */
function countIn(typed: string, { least, most }: { readonly least: number; readonly most: number }): number | undefined {
  if (!typed.trim() || Number.isNaN(Number(typed))) return undefined;
  return Math.min(most, Math.max(least, Math.round(Number(typed))));
}

/** What few rules need: groups, waits, and when an alert begins and ends. */
export function MoreOptions({ at, set, inherits, faults, onChange }: OptionsProps) {
  const [labels, setLabels] = useState(() => (set.groupBy ?? []).join(', '));
  const fault = faults.get(`${at}.groupBy`);
  const filled = fault !== undefined || (inherits && (set.groupBy !== undefined || COUNTS.some(({ name }) => set[name] !== undefined)));
  return (
    <Fold label={words.more} fields={[]} filled={filled}>
      <div className="rmore">
        <Field name={`${at}.groupBy`} label={text.groupBy} hint={text.groupByHint} error={fault}>
          <Input
            value={labels}
            spellCheck={false}
            placeholder={inherits ? text.above : ''}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              setLabels(typed);
              onChange(withOption(set, 'groupBy', inherits && !typed.trim() ? undefined : labelsIn(typed)));
            }}
          />
        </Field>
        <div className="rcounts">
          {COUNTS.map(({ name, label, ...bounds }) => (
            <Field key={name} name={`${at}.${name}`} label={label}>
              <Input
                type="number"
                min={bounds.least}
                max={bounds.most}
                value={set[name] ?? ''}
                placeholder={inherits ? text.above : ''}
                onChange={(event) => onChange(withOption(set, name, countIn(event.currentTarget.value, bounds) ?? (inherits ? undefined : DEFAULTS[name])))}
              />
            </Field>
          ))}
        </div>
      </div>
    </Fold>
  );
}
