import { Choose } from '#web/record/Choose.tsx';
import { recordChoice, searchTeams } from '#web/record/choices.tsx';
import { Fold } from '#web/record/Fold.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import type { ImportSource } from '../../contract/index.ts';
import { typeOptions } from '../ComponentsList.tsx';
import type { FormatName } from './formats.ts';
import { words } from './words.ts';

const text = words.fields;
const EVERY = [15, 60, 360, 1440, 10_080];
const APPLIES = [
  { value: 'after a look', label: text.afterLook },
  { value: 'by itself', label: text.byItself },
];
const KINDS = (['component', 'service'] as const).map((value) => ({ value, label: text.kinds[value] }));

type Given = { readonly source?: ImportSource | undefined };

const said = (source: ImportSource | undefined, option: string) => {
  const value = source?.options[option];
  return typeof value === 'string' ? value : undefined;
};

export function NameField({ source }: Given) {
  return (
    <Field name="name" label={text.name} hint={text.nameHint}>
      <Input defaultValue={source?.name} required maxLength={200} autoComplete="off" />
    </Field>
  );
}

/** A path that is read on a schedule, and what becomes of what it says. */
export function PathFields({ source, optional }: Given & { readonly optional?: true }) {
  const minutes = [...new Set([...EVERY, ...(source?.everyMinutes ? [source.everyMinutes] : [])])].toSorted((a, b) => a - b);
  return (
    <>
      <Field name="path" label={text.pathLabel} hint={text.pathHint} {...(optional && { optional })}>
        <Input defaultValue={source?.path} maxLength={500} spellCheck={false} autoCapitalize="none" />
      </Field>
      <div className="pair">
        <Field name="everyMinutes" label={text.every}>
          <Select none={text.byHand} options={minutes.map((each) => ({ value: String(each), label: words.every(each) }))} defaultValue={String(source?.everyMinutes ?? '')} />
        </Field>
        <Field name="applies" label={text.applies}>
          <Select options={APPLIES} defaultValue={source?.applies ?? 'after a look'} />
        </Field>
      </div>
    </>
  );
}

/** What only this format asks for, besides the columns of a table. */
export function FormatFields({ format, source }: Given & { readonly format: FormatName }) {
  if (format === 'kubernetes') {
    return (
      <Field name="cluster" label={text.cluster} hint={text.clusterHint}>
        <Input defaultValue={said(source, 'cluster') ?? 'kubernetes'} maxLength={100} />
      </Field>
    );
  }
  if (format !== 'csv') return null;
  return (
    <div className="pair">
      <Field name="kind" label={text.kind}>
        <Select options={KINDS} defaultValue={said(source, 'kind') ?? 'component'} />
      </Field>
      <Field name="type" label={text.type}>
        <Select options={typeOptions} defaultValue={said(source, 'type') ?? 'host'} />
      </Field>
    </div>
  );
}

export function MoreFields({ source }: Given) {
  return (
    <Fold label={text.more} fields={['team', 'archiveAfterDays']} filled={Boolean(source)}>
      <Choose optional name="team" label={text.team} search={searchTeams} start={source?.team ? recordChoice(source.team) : undefined} />
      <Field name="archiveAfterDays" label={text.days} hint={text.daysHint}>
        <Input type="number" min={0} max={3650} defaultValue={source?.archiveAfterDays ?? 14} />
      </Field>
    </Fold>
  );
}
