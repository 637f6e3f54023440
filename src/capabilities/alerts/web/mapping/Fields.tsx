import { Plus, X } from 'lucide-react';
import type { SyntheticEvent } from 'react';
import { Fold } from '#web/record/Fold.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { faultsOf, seenWords, type Mapping } from '../../rules/mapping/index.ts';
import { words as alertWords } from '../words.ts';
import type { Caret } from './picking.ts';
import { words } from './words.ts';
import { Words } from './Words.tsx';

interface FieldsProps {
  readonly mapping: Mapping;
  readonly bodies: readonly unknown[];
  readonly onChange: (mapping: Mapping) => void;
  readonly onCaret: (caret: Caret) => void;
}

type Plain = 'title' | 'state' | 'key' | 'severity' | 'origin' | 'service' | 'startsAt' | 'link' | 'list' | 'details';
const FURTHER = ['list', 'startsAt', 'link', 'details'] as const;

/** The fields of an alert, each with the template that fills it. */
export function Fields({ mapping, bodies, onChange, onCaret }: FieldsProps) {
  const faults = new Map(faultsOf(mapping).map(({ field, sentence }) => [field, sentence]));
  const { states, severities } = seenWords(bodies, mapping);
  const set = (change: Partial<Mapping>) => onChange({ ...mapping, ...change });
  const input = (field: string, label: string, value: string, write: (value: string) => void) => {
    const tell = (event: SyntheticEvent<HTMLInputElement>) => onCaret({ field, label, at: event.currentTarget.selectionStart ?? value.length });
    return (
      <Input
        className="mono"
        value={value}
        maxLength={1000}
        spellCheck={false}
        autoComplete="off"
        onFocus={tell}
        onSelect={tell}
        onKeyUp={tell}
        onChange={(event) => {
          tell(event);
          write(event.currentTarget.value);
        }}
      />
    );
  };
  const plain = (field: Plain) => (
    <Field key={field} name={field} label={words.fields[field][0]} hint={words.fields[field][1]} error={faults.get(field)}>
      {input(field, words.fields[field][0], mapping[field], (value) => set({ [field]: value }))}
    </Field>
  );
  const { ignore, labels } = mapping;
  const setLabel = (at: number, change: Partial<Mapping['labels'][number]>) => set({ labels: labels.map((one, place) => (place === at ? { ...one, ...change } : one)) });
  return (
    <div className="fields">
      {plain('title')}
      {plain('state')}
      <Words title={words.stateWords} seen={states} known={mapping.stateWords} names={words.means} onChange={(stateWords) => set({ stateWords })} />
      {plain('key')}
      {plain('severity')}
      <Words title={words.severityWords} seen={severities} known={mapping.severityWords} names={alertWords.severities} onChange={(severityWords) => set({ severityWords })} />
      {plain('origin')}
      {plain('service')}
      <fieldset className="labelrows">
        <legend>{words.labels}</legend>
        {labels.map((label, at) => (
          <div key={at} className="labelrow">
            <Field name={`labels.${at}.name`} label={words.labelName} error={faults.get(`labels.${at}.name`)}>
              <Input value={label.name} maxLength={100} onChange={(event) => setLabel(at, { name: event.currentTarget.value })} />
            </Field>
            <Field name={`labels.${at}.value`} label={words.labelValue} error={faults.get(`labels.${at}.value`)}>
              {input(`labels.${at}.value`, label.name || words.labelValue, label.value, (value) => setLabel(at, { value }))}
            </Field>
            <Button
              square
              size="small"
              variant="quiet"
              icon={X}
              aria-label={words.removeLabel(label.name)}
              onClick={() => set({ labels: labels.filter((_, place) => place !== at) })}
            />
          </div>
        ))}
        <Button size="small" icon={Plus} onClick={() => set({ labels: [...labels, { name: '', value: '' }] })}>
          {words.addLabel}
        </Button>
      </fieldset>
      <Fold label={words.further} fields={[]} filled={FURTHER.some((field) => mapping[field] !== '' || faults.has(field)) || ignore.value !== ''}>
        {FURTHER.map(plain)}
        <Field name="ignore.value" label={words.fields.ignore[0]} error={faults.get('ignore.value')}>
          {input('ignore.value', words.fields.ignore[0], ignore.value, (value) => set({ ignore: { ...ignore, value } }))}
        </Field>
        <Field name="ignore.words" label={words.ignoreWords} hint={words.ignoreWordsHint}>
          <Input
            value={ignore.words.join(',')}
            onChange={(event) =>
              set({
                ignore: {
                  ...ignore,
                  words: event.currentTarget.value.split(',').map((word) => word.trimStart().toLowerCase()),
                },
              })
            }
          />
        </Field>
      </Fold>
    </div>
  );
}
