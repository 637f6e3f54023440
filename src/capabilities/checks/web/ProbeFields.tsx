import { useState } from 'react';
import { Fold } from '#web/record/Fold.tsx';
import { Checkbox, Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useForm } from '#web/ui/problem.ts';
import { KEPT, type ProbeKind } from '../contract/index.ts';
import { refuseCondition } from '../rules/index.ts';
import { kindOf } from './kinds.ts';
import type { Spec } from './specs.ts';
import { defaultOf, isTicked, shownValue, type Probe } from './probe-values.ts';
import { words } from './words.ts';

const text = words.form;
interface Of {
  readonly kind: ProbeKind;
  readonly probe: Probe | undefined;
}

function Secret({ spec, probe }: { readonly spec: Spec; readonly probe: Probe | undefined }) {
  const kept = probe !== undefined && Reflect.get(probe, spec.name) === KEPT;
  return (
    <div className="stack8">
      <Field name={spec.name} label={spec.label} hint={kept ? text.kept : text.secret} {...(spec.optional && { optional: true as const })}>
        <Input type="password" autoComplete="off" {...(kept && { placeholder: '••••••••' })} />
      </Field>
      {kept ? <Checkbox name={`${spec.name}Forgotten`} label={text.forget} /> : null}
    </div>
  );
}

function One({ spec, kind, probe }: Of & { readonly spec: Spec }) {
  const { name, label, as, hint, example, options, optional } = spec;
  if (as === 'secret') return <Secret spec={spec} probe={probe} />;
  if (as === 'tick') return <Checkbox name={name} label={label} defaultChecked={isTicked(spec, kind, probe)} />;
  const value = shownValue(spec, kind, probe);
  return (
    <Field name={name} label={label} {...(hint && { hint })} {...(optional && { optional: true as const })}>
      {as === 'choice' ? (
        <Select options={options ?? []} defaultValue={value} />
      ) : as === 'text' || as === 'number' ? (
        <Input type={as} {...(as === 'number' && { step: 'any' })} defaultValue={value} spellCheck={false} autoCapitalize="none" {...(example && { placeholder: example })} />
      ) : (
        <Textarea defaultValue={value} spellCheck={false} autoCapitalize="none" {...(as === 'headers' && { 'data-secret': true })} {...(example && { placeholder: example })} />
      )}
    </Field>
  );
}

/** Fields below each other, halves two in a line. */
function Lines({ specs, ...of }: Of & { readonly specs: readonly Spec[] }) {
  const lines = specs.reduce<Spec[][]>((rows, spec) => {
    const last = rows.at(-1);
    if (spec.half && last?.length === 1 && last[0]?.half) return [...rows.slice(0, -1), [...last, spec]];
    return [...rows, [spec]];
  }, []);
  return lines.map((line) => {
    const fields = line.map((spec) => <One key={spec.name} spec={spec} {...of} />);
    return line.length === 1 ? (
      fields
    ) : (
      <div key={line[0]?.name} className="pair">
        {fields}
      </div>
    );
  });
}

/** One condition a line; what cannot be one is said while it is typed. */
function Conditions({ kind, probe }: Of) {
  const form = useForm();
  const start = form?.draft.get('conditions') ?? (probe && 'conditions' in probe ? probe.conditions.join('\n') : '');
  const [wrong, setWrong] = useState<string>();
  const judge = (typed: string) =>
    setWrong(
      typed
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .map(refuseCondition)
        .find(Boolean),
    );
  const refused = [...(form?.errors ?? [])].find(([field]) => field.startsWith('conditions'))?.[1];
  return (
    <Field name="conditions" label={text.conditions} hint={text.conditionsHint(kind === 'http')} optional {...((wrong ?? refused) && { error: wrong ?? refused })}>
      <Textarea
        defaultValue={start}
        spellCheck={false}
        autoCapitalize="none"
        placeholder={kind === 'http' ? '[STATUS] == 200\n[BODY].status == UP\n[RESPONSE_TIME] < 500ms' : '[RESPONSE_TIME] < 500ms'}
        onInput={(event) => judge(event.currentTarget.value)}
      />
    </Field>
  );
}

function Count({ name, label, hint, kind, probe }: Of & { readonly name: string; readonly label: string; readonly hint?: string }) {
  const value: unknown = probe ? Reflect.get(probe, name) : defaultOf(kind, name);
  return (
    <Field name={name} label={label} {...(hint && { hint })}>
      <Input type="number" min={1} defaultValue={typeof value === 'number' ? value : ''} />
    </Field>
  );
}

/** What a kind needs first, how often it runs, and the rest folded away. */
export function ProbeFields(of: Of) {
  const specs = kindOf(of.kind)?.specs ?? [];
  const rare = specs.filter(({ more }) => more);
  const isSet = (spec: Spec) => of.probe !== undefined && spec.as !== 'secret' && shownValue(spec, of.kind, of.probe) !== shownValue(spec, of.kind, undefined);
  return (
    <>
      <Lines specs={specs.filter(({ more }) => !more)} {...of} />
      <div className="pair">
        <Count name="intervalSeconds" label={text.interval} {...of} />
        <Count name="timeoutSeconds" label={text.timeout} {...of} />
      </div>
      <Conditions {...of} />
      <Fold label={text.more} fields={[...rare.map(({ name }) => name), 'failures', 'successes', 'retrySeconds']} filled={rare.some(isSet)}>
        <Lines specs={rare} {...of} />
        <div className="pair">
          <Count name="failures" label={text.failures} {...of} />
          <Count name="successes" label={text.successes} {...of} />
        </div>
        <Count name="retrySeconds" label={text.retry} hint={text.retryHint} {...of} />
      </Fold>
    </>
  );
}
