import { Field, Input, Select } from '#web/ui/Field.tsx';
import type { Check } from '../contract.ts';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.form;
export type HttpProbe = Extract<Check['probe'], { kind: 'http' }>;

const METHODS = ['GET', 'HEAD'] as const;

export function httpOf(values: FormData) {
  const count = (name: string) => Number(fieldText(values, name));
  return {
    kind: 'http' as const,
    url: fieldText(values, 'url'),
    method: METHODS.find((method) => method === fieldText(values, 'method')) ?? 'GET',
    expect: fieldText(values, 'expect') || '200-299',
    text: fieldText(values, 'text'),
    intervalSeconds: count('intervalSeconds'),
    timeoutSeconds: count('timeoutSeconds'),
    failures: count('failures'),
    successes: count('successes'),
    certificateDays: count('certificateDays'),
  };
}

/** What an HTTP check asks, how often, and what counts as good. */
export function HttpFields({ probe }: { readonly probe?: HttpProbe }) {
  return (
    <>
      <Field name="url" label={text.url}>
        <Input type="url" defaultValue={probe?.url} placeholder="https://shop.example.com/health" required />
      </Field>
      <div className="pair">
        <Field name="intervalSeconds" label={text.interval}>
          <Input type="number" min={20} max={3600} defaultValue={probe?.intervalSeconds ?? 60} />
        </Field>
        <Field name="timeoutSeconds" label={text.timeout}>
          <Input type="number" min={1} max={30} defaultValue={probe?.timeoutSeconds ?? 10} />
        </Field>
      </div>
      <div className="pair">
        <Field name="method" label={text.method}>
          <Select options={METHODS.map((value) => ({ value, label: value }))} defaultValue={probe?.method ?? 'GET'} />
        </Field>
        <Field name="expect" label={text.expect} hint={text.expectHint}>
          <Input defaultValue={probe?.expect ?? '200-299'} />
        </Field>
      </div>
      <Field name="text" label={text.text} optional>
        <Input defaultValue={probe?.text} maxLength={500} />
      </Field>
      <div className="pair">
        <Field name="failures" label={text.failures}>
          <Input type="number" min={1} max={10} defaultValue={probe?.failures ?? 2} />
        </Field>
        <Field name="successes" label={text.successes}>
          <Input type="number" min={1} max={10} defaultValue={probe?.successes ?? 1} />
        </Field>
      </div>
      <Field name="certificateDays" label={text.certificate} hint="0 for never.">
        <Input type="number" min={0} max={90} defaultValue={probe?.certificateDays ?? 14} />
      </Field>
    </>
  );
}
