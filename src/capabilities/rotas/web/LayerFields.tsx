import { Field, Input, Select } from '#web/ui/Field.tsx';
import type { Choosable } from '#web/ui/Combobox.tsx';
import { personChoice } from '#web/record/choices.tsx';
import type { In, Out } from '#kernel/contract.ts';
import type { rotas } from '../contract/index.ts';
import { PeopleInTurn } from './PeopleInTurn.tsx';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.layer;
export type Rota = Out<(typeof rotas)['verbs']['get']>['rota'];
export type Layer = Rota['layers'][number];
type LayerInput = In<(typeof rotas)['verbs']['create']>['layer'];

const KINDS = ['hourly', 'daily', 'weekly', 'monthly'] as const;
const options = KINDS.map((value) => ({ value, label: text.kinds[value] }));

/** What the fields below say, as the contract takes it. */
export function layerOf(values: FormData, before?: Layer): LayerInput {
  return {
    ...(before && keptOf(before)),
    name: fieldText(values, 'layerName'),
    priority: Number(fieldText(values, 'priority') || 0),
    kind: KINDS.find((kind) => kind === fieldText(values, 'kind')) ?? 'weekly',
    length: Number(fieldText(values, 'length') || 1),
    start: fieldText(values, 'start'),
    people: fieldText(values, 'inTurn').split(',').filter(Boolean).map(groupOf),
  };
}

/** What these fields do not ask for stays as it was. */
function keptOf({ zone, hours, turns, shadow, from, until, onHolidays }: Layer) {
  return { hours, turns, shadow, onHolidays, ...(zone && { zone }), ...(from && { from }), ...(until && { until }) };
}

const TOGETHER = '+';

/** A group on call together is one choice; its numbers are joined, and nobody at all is the joint alone. */
function groupOf(choice: string): string | string[] {
  return choice.includes(TOGETHER) ? choice.split(TOGETHER).filter(Boolean) : choice;
}

function choiceOf(group: Layer['people'][number]): Choosable {
  const [first, ...others] = group;
  if (first && !others.length) return personChoice(first);
  return { id: first ? group.map(({ number }) => number).join(TOGETHER) : TOGETHER, label: first ? group.map(({ title }) => title).join(', ') : words.nobody };
}

/** The server names the fields of a layer by its own shape; the form asks for them under these names. */
export function namedAsHere<P extends { readonly fields?: readonly { readonly field: string; readonly sentence: string }[] | undefined }>(
  problem: P | undefined,
  nameField = 'name',
): P | undefined {
  if (!problem?.fields) return problem;
  const fields = problem.fields.map((each) => {
    const [name = ''] = each.field.replace(/^layer\./, '').split('.');
    const isLayerName = each.field === 'layer.name' || (nameField === 'layerName' && name === 'name');
    return { ...each, field: isLayerName ? 'layerName' : name };
  });
  return { ...problem, fields };
}

/** The fields of one layer. `start` is the handover offered for a new one. */
export function LayerFields({ layer, start }: { readonly layer?: Layer; readonly start: string }) {
  return (
    <>
      <Field name="layerName" label={text.layerName}>
        <Input defaultValue={layer?.name ?? 'First'} required maxLength={60} />
      </Field>
      <div className="pair">
        <Field name="length" label={text.length}>
          <Input type="number" min={1} max={400} defaultValue={layer?.length ?? 1} required />
        </Field>
        <Field name="kind" label={text.kind}>
          <Select options={options} defaultValue={layer?.kind ?? 'weekly'} />
        </Field>
      </div>
      <Field name="start" label={text.start} hint={text.startHint}>
        <Input type="datetime-local" defaultValue={layer?.start ?? start} required />
      </Field>
      <PeopleInTurn start={layer?.people.map(choiceOf) ?? []} />
      <Field name="priority" label={text.priority} hint={text.priorityHint}>
        <Input type="number" min={0} max={100} defaultValue={layer?.priority ?? 0} />
      </Field>
    </>
  );
}
