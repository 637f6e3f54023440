import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import type { StatusComponent } from '../contract/index.ts';
import { STATES, type ComponentState, type Phase } from '../rules/states.ts';
import { words } from './words.ts';

const text = words.post;

interface StatesProps {
  readonly components: readonly StatusComponent[];
  readonly said: readonly { readonly component: string; readonly state: ComponentState }[];
}

/** For each part what is said of it, or that it is no part of this. */
export function StateFields({ components, said }: StatesProps) {
  return (
    <fieldset className="plainset">
      <legend>{text.parts}</legend>
      {components.map(({ id, name }) => (
        <Field key={id} name={`state ${id}`} label={name}>
          <Select
            none={text.unchanged}
            defaultValue={said.find(({ component }) => component === id)?.state ?? ''}
            options={STATES.map((value) => ({ value, label: words.states[value] }))}
          />
        </Field>
      ))}
    </fieldset>
  );
}

export function statesFrom(values: FormData): { component: string; state: ComponentState }[] {
  return [...values].flatMap(([name, value]) => {
    const state = STATES.find((one) => one === value);
    return name.startsWith('state ') && state ? [{ component: name.slice(6), state }] : [];
  });
}

interface UpdateProps {
  readonly phases: readonly Phase[];
  readonly start: { readonly phase: Phase; readonly text: string };
}

export function UpdateFields({ phases, start }: UpdateProps) {
  return (
    <>
      <Field name="phase" label={text.phase}>
        <Select defaultValue={start.phase} options={phases.map((value) => ({ value, label: words.phases[value] }))} />
      </Field>
      <Field name="text" label={text.text}>
        <Textarea rows={6} required defaultValue={start.text} />
      </Field>
    </>
  );
}

export function TitleField({ start = '' }: { readonly start?: string }) {
  return (
    <Field name="title" label={text.name}>
      <Input required defaultValue={start} />
    </Field>
  );
}
