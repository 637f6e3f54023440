import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { records } from '#kernel/records/contract.ts';
import { catalog } from '#capabilities/catalog/contract/index.ts';
import { api, send } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { searchServices } from '#web/record/choices.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import { useZone } from '#web/ui/now.ts';
import { Note } from '#web/ui/Parts.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { mutes, type Mute } from '../contract.ts';
import { writeMatchers } from '../rules/index.ts';
import '#web/styles/run.css';
import './mutes.css';
import { Preview } from './Preview.tsx';
import { unreadable, whenFrom, type Shape } from './times.ts';
import { WhenFields } from './WhenFields.tsx';
import { words } from './words.ts';

const text = words.form;
const SHAPES = (['window', 'weekly', 'intervals'] as const).map((id) => ({ id, label: text.shapes[id] }));
const KINDS = (['mute', 'maintenance'] as const).map((id) => ({ id, label: words.kinds[id] }));
const REMINDERS = [5, 15, 30, 60, 120, 1440];

interface Line {
  readonly id: number;
  readonly start: string;
}

const searchOf =
  (kind: string) =>
  async (q: string): Promise<readonly Choosable[]> => {
    if (!q.trim()) return [];
    const { items } = await api(records).search({ q, kind, limit: 12 });
    return items.map(({ number, title }) => ({ id: number, label: title, detail: number }));
  };
const searchChecks = searchOf('check');
const searchSources = searchOf('source');

type Picked = 'service' | 'check' | 'source';

/** The labels by which what was picked is matched: a service by its slug, an alert source by its name. */
async function labelsOf(picked: Choosable, what: Picked): Promise<string> {
  if (what === 'source') return writeMatchers([{ name: 'source', op: '=', value: picked.label }]);
  if (what === 'check') return writeMatchers([{ name: 'check', op: '=', value: picked.id }]);
  const { service } = await api(catalog).get({ number: picked.id });
  return writeMatchers([{ name: 'service', op: '=', value: service.slug }]);
}

/** The matchers typed in, one set a line. */
function matchersIn(values: FormData): string[] {
  return [...values.entries()].flatMap(([name, value]) => (name.startsWith('matchers.') && typeof value === 'string' && value.trim() ? [value.trim()] : []));
}

interface FieldsProps {
  readonly mute?: Mute;
  readonly onDone: (mute: Mute) => void;
  readonly onCancel: () => void;
}

/** Makes a mute, or changes one when it is given. */
export function MuteFields({ mute, onDone, onCancel }: FieldsProps) {
  const zone = useZone();
  const [kind, setKind] = useState(mute?.kind ?? 'mute');
  const [shape, setShape] = useState<Shape>(mute?.when.kind ?? 'window');
  const [lines, setLines] = useState<readonly Line[]>((mute?.matchers ?? []).map((start, id) => ({ id, start })));
  const isKept = mute?.when.kind === 'intervals' && mute.when.intervals.length > 1;
  const read = (values: FormData) => (isKept ? undefined : whenFrom(values, { shape, zone, from: mute?.when.from }));
  function add(start: string) {
    setLines([...lines, { id: Math.max(-1, ...lines.map(({ id }) => id)) + 1, start }]);
  }
  return (
    <RecordForm
      {...(!mute && { title: words.make, sub: text.sub })}
      draftKey={mute ? `edit ${mute.number}` : 'mute'}
      submit={mute ? text.save : words.make}
      onCancel={onCancel}
      onSubmit={(values) => {
        const when = read(values);
        if (when && 'sentence' in when) return Promise.resolve(unreadable(when));
        const minutes = fieldText(values, 'remindMinutes');
        const said = { reason: fieldText(values, 'reason'), kind, matchers: matchersIn(values), remindMinutes: minutes ? Number(minutes) : null };
        if (mute) return send(api(mutes).update, { number: mute.number, version: mute.version, ...said, ...when }, onDone);
        return when ? send(api(mutes).create, { ...said, ...when }, onDone) : Promise.resolve(undefined);
      }}
    >
      {mute?.state === 'active' || mute?.state === 'waiting' ? <Note state="info">{text.running}</Note> : null}
      <Field name="reason" label={words.reason} hint={words.reasonHint}>
        <Input defaultValue={mute?.reason} required maxLength={200} autoComplete="off" />
      </Field>
      <div className="field">
        <Segmented label={words.kind} choices={KINDS} current={kind} onChoose={(id) => setKind(id === 'maintenance' ? 'maintenance' : 'mute')} />
        <span className="hint">{words.kindHint[kind]}</span>
      </div>
      <fieldset className="mset">
        <legend>{text.what}</legend>
        <div className="duo">
          <Pick label={text.pickService} what="service" search={searchServices} onPick={add} />
          <Pick label={text.pickCheck} what="check" search={searchChecks} onPick={add} />
          <Pick label={text.pickSource} what="source" search={searchSources} onPick={add} />
        </div>
        {lines.map(({ id, start }, at) => (
          <div key={id} className="mline">
            <Field name={`matchers.${at}`} label={text.line(at + 1)} {...(!at && { hint: text.lineHint })}>
              <Input defaultValue={start} spellCheck={false} autoComplete="off" className="mono" />
            </Field>
            {lines.length > 1 || !mute ? (
              <Button square variant="quiet" icon={X} aria-label={text.removeLine(at + 1)} onClick={() => setLines(lines.filter((line) => line.id !== id))} />
            ) : null}
          </div>
        ))}
        <Button icon={Plus} size="small" variant="quiet" onClick={() => add('')}>
          {text.addLine}
        </Button>
      </fieldset>
      {isKept ? (
        <Note>{text.several}</Note>
      ) : (
        <fieldset className="mset">
          <legend>{text.when}</legend>
          <Segmented label={text.when} choices={SHAPES} current={shape} onChoose={(id) => setShape(SHAPES.find((one) => one.id === id)?.id ?? 'window')} />
          <WhenFields shape={shape} when={mute?.when} />
        </fieldset>
      )}
      <Field name="remindMinutes" label={text.remind}>
        <Select
          none={text.remindNone}
          defaultValue={mute?.remindMinutes ?? ''}
          options={[...new Set([...REMINDERS, ...(mute?.remindMinutes ? [mute.remindMinutes] : [])])].map((count) => ({ value: String(count), label: text.minutes(count) }))}
        />
      </Field>
      <Preview read={(values) => ({ matchers: matchersIn(values), when: read(values) })} changed={`${shape} ${lines.map(({ id }) => id).join()}`} />
    </RecordForm>
  );
}

interface PickProps {
  readonly label: string;
  readonly what: Picked;
  readonly search: (q: string) => Promise<readonly Choosable[]>;
  readonly onPick: (line: string) => void;
}

/** Picks something by name; a line with its labels follows. */
function Pick({ label, what, search, onPick }: PickProps) {
  return (
    <Field name={`pick ${what}`} label={label}>
      <Combobox label={label} search={search} onChoose={(choice) => void (choice && labelsOf(choice, what).then(onPick))} />
    </Field>
  );
}

export default function MuteForm() {
  const go = useGo();
  return <MuteFields onCancel={() => go('/mutes')} onDone={({ number }) => go(`/mutes/${number}`)} />;
}
