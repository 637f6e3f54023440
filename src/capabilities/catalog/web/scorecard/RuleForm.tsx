import { useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { api, send } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Checkbox, Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { catalog, type ScoreRule } from '../../contract/index.ts';
import { isBare, OPERATORS_OF, RULE_LEVELS, type FactType, type Operator } from '../../rules/index.ts';
import { words } from './words.ts';

const text = words.rules;
type Fact = Out<(typeof catalog)['verbs']['scorecard']>['facts'][number];

const TIERS = [1, 2, 3, 4] as const;
const LEVEL_OPTIONS = RULE_LEVELS.map((value) => ({ value, label: words.levels[value] }));
const YES_NO = [
  { value: 'yes', label: words.yes },
  { value: 'no', label: words.no },
];

/** What was typed as a value of the type; what is no number is sent as it is, for the desk to say so. */
function typedValue(said: string, type: FactType): string | number | boolean {
  if (type === 'boolean') return said === 'yes';
  return type === 'number' && said !== '' && Number.isFinite(Number(said)) ? Number(said) : said;
}

function Value({ type, rule }: { readonly type: FactType; readonly rule: ScoreRule | undefined }) {
  if (type === 'boolean') return <Select defaultValue={rule?.value === false ? 'no' : 'yes'} options={YES_NO} />;
  return <Input {...(type === 'number' && { inputMode: 'decimal' as const })} defaultValue={typeof rule?.value === 'boolean' ? '' : (rule?.value ?? '')} autoComplete="off" />;
}

interface RuleFormProps {
  /** The rule to change; without it a new one is made. */
  readonly rule?: ScoreRule;
  readonly facts: readonly Fact[];
  readonly onClose: () => void;
}

/** One rule: what is looked at, when it passes, for whom, and what to do when it fails. */
export function RuleForm({ rule, facts, onClose }: RuleFormProps) {
  const [name, setName] = useState(rule?.fact ?? facts[0]?.name ?? '');
  const type = facts.find((fact) => fact.name === name)?.type ?? 'text';
  const [said, setSaid] = useState<Operator | undefined>(rule?.operator);
  const operators = OPERATORS_OF[type];
  const operator = said && operators.includes(said) ? said : operators[0]!;
  const known = facts.some((fact) => fact.name === name);
  return (
    <RecordForm
      draftKey={`rule ${rule?.id ?? 'new'}`}
      submit={rule ? text.save : text.add}
      onCancel={onClose}
      onSubmit={(values) => {
        const fields = {
          level: RULE_LEVELS.find((level) => level === fieldText(values, 'level')) ?? 'bronze',
          title: fieldText(values, 'title'),
          fact: name,
          operator,
          value: isBare(operator) ? null : typedValue(fieldText(values, 'value'), type),
          tiers: TIERS.filter((tier) => fieldText(values, `tier${tier}`) !== ''),
          advice: fieldText(values, 'advice'),
        };
        return rule ? send(api(catalog).updateRule, { id: rule.id, ...fields }, onClose) : send(api(catalog).createRule, fields, onClose);
      }}
    >
      <Field name="title" label={text.name} hint={text.nameHint}>
        <Input defaultValue={rule?.title} required autoComplete="off" />
      </Field>
      <div className="duo pair">
        <Field name="level" label={words.coverage.level}>
          <Select defaultValue={rule?.level ?? 'bronze'} options={LEVEL_OPTIONS} />
        </Field>
        <Field name="fact" label={text.fact}>
          <Select
            value={name}
            {...(!known && { none: words.unknownFact })}
            options={facts.map((fact) => ({ value: fact.name, label: fact.label }))}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
      </div>
      <div className="duo pair">
        <Field name="operator" label={text.operator}>
          <Select
            value={operator}
            options={operators.map((value) => ({ value, label: words.operators[value] }))}
            onChange={(event) => setSaid(operators.find((one) => one === event.currentTarget.value))}
          />
        </Field>
        {isBare(operator) ? null : (
          <Field name="value" label={text.value}>
            <Value key={type} type={type} rule={rule} />
          </Field>
        )}
      </div>
      <Field name="advice" label={text.advice} hint={text.adviceHint}>
        <Textarea defaultValue={rule?.advice} rows={2} required />
      </Field>
      <fieldset className="tierset">
        <legend>{text.tiers}</legend>
        <div className="row">
          {TIERS.map((tier) => (
            <Checkbox key={tier} name={`tier${tier}`} value="on" label={tier} defaultChecked={rule?.tiers.includes(tier)} />
          ))}
        </div>
        <span className="hint dim s12">{text.tiersHint}</span>
      </fieldset>
    </RecordForm>
  );
}
