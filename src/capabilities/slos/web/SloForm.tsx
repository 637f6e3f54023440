import { X } from 'lucide-react';
import { useState } from 'react';
import { records } from '#kernel/records/contract.ts';
import type { In, Ref } from '#kernel/contract.ts';
import { api, send } from '#web/api.ts';
import { recordChoice, searchServices } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { fieldText } from '#web/record/field-text.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Combobox, type Choosable } from '#web/ui/Combobox.tsx';
import { Field, Input, Select, Textarea } from '#web/ui/Field.tsx';
import { useGo } from '#web/ui/Link.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';
import { Segmented } from '#web/ui/Tabs.tsx';
import { slos, type Draft, type Slo } from '../contract.ts';
import { WINDOW_DAYS } from '../rules/index.ts';
import '#web/styles/run.css';
import { Preview } from './Preview.tsx';
import { ReadOpenSlo } from './ReadOpenSlo.tsx';
import { asPercent, shareOf } from './share.ts';
import './slos.css';
import { words } from './words.ts';

const text = words.form;
type Source = In<(typeof slos)['verbs']['create']>['source'];
type Kind = Source['kind'];
const KINDS = (['time', 'results', 'prometheus'] as const).map((id) => ({ id, label: text.kinds[id] }));
const WINDOWS = WINDOW_DAYS.map((days) => ({ value: String(days), label: words.days(days) }));

async function searchChecks(q: string): Promise<readonly Choosable[]> {
  if (!q.trim()) return [];
  const { items } = await api(records).search({ q, kind: 'check', limit: 12 });
  return items.map(({ number, title }) => ({ id: number, label: title, detail: number }));
}

function sourceFrom(values: FormData, kind: Kind, checks: readonly Choosable[]): Source {
  if (kind === 'prometheus') return { kind, url: fieldText(values, 'url'), good: fieldText(values, 'good'), total: fieldText(values, 'total') };
  return { kind, checks: checks.map(({ id }) => id) };
}

/** Refusals name fields of the input; those of the source stand under its own fields. */
const placed = (problem: ShownProblem | undefined): ShownProblem | undefined =>
  problem?.fields ? { ...problem, fields: problem.fields.map((each) => ({ ...each, field: each.field.replace(/^source\./, '') })) } : problem;

interface FieldsProps {
  readonly slo?: Slo;
  /** What an OpenSLO file said. */
  readonly draft?: Draft | undefined;
  readonly onDone: (slo: Slo) => void;
  readonly onCancel: () => void;
}

const chosen = ({ number, title }: Ref): Choosable => recordChoice({ id: '', number, title });

/** Makes an objective, or changes one when it is given. */
export function SloFields({ slo, draft, onDone, onCancel }: FieldsProps) {
  const own = slo?.source;
  const [kind, setKind] = useState<Kind>(own?.kind ?? (draft?.good ? 'prometheus' : 'time'));
  const [checks, setChecks] = useState<readonly Choosable[]>(own && own.kind !== 'prometheus' ? own.checks.map(chosen) : []);
  const asked = own?.kind === 'prometheus' ? own : undefined;
  const service = slo?.service ?? draft?.service;
  function isSame(source: Source): boolean {
    if (!own || own.kind !== source.kind) return false;
    if (own.kind === 'prometheus') return source.kind === 'prometheus' && own.url === source.url && own.good === source.good && own.total === source.total;
    return source.kind !== 'prometheus' && own.checks.map(({ number }) => number).join() === source.checks.join();
  }
  return (
    <RecordForm
      draftKey={slo ? `edit ${slo.number}` : `slo ${draft?.name ?? ''}`}
      submit={slo ? text.save : words.make}
      onCancel={onCancel}
      onSubmit={async (values) => {
        const said = {
          name: fieldText(values, 'name'),
          summary: fieldText(values, 'summary'),
          service: fieldText(values, 'service'),
          objective: shareOf(fieldText(values, 'objective')) ?? 0,
          windowDays: WINDOW_DAYS.find((days) => String(days) === fieldText(values, 'windowDays')) ?? 30,
        };
        const source = sourceFrom(values, kind, checks);
        if (!slo) return placed(await send(api(slos).create, { ...said, source }, onDone));
        return placed(await send(api(slos).update, { number: slo.number, version: slo.version, ...said, ...(!isSame(source) && { source }) }, onDone));
      }}
    >
      <Field name="name" label={words.name} hint={text.nameHint}>
        <Input defaultValue={slo?.name ?? draft?.name} required maxLength={200} autoComplete="off" />
      </Field>
      <Choose name="service" label={words.service} search={searchServices} start={service ? chosen(service) : undefined} />
      <div className="duo">
        <Field name="objective" label={words.objective} hint={text.objectiveHint}>
          <Input inputMode="decimal" required defaultValue={asPercent(slo?.objective ?? draft?.objective) || '99.9'} autoComplete="off" />
        </Field>
        <Field name="windowDays" label={words.window}>
          <Select options={WINDOWS} defaultValue={String(slo?.windowDays ?? draft?.windowDays ?? 30)} />
        </Field>
      </div>
      <div className="field">
        <Segmented label={words.page.source} choices={KINDS} current={kind} onChoose={(id) => setKind(KINDS.find((one) => one.id === id)?.id ?? 'time')} />
        <span className="hint">{text.kindHint[kind]}</span>
      </div>
      {kind === 'prometheus' ? (
        <>
          <Field name="url" label={text.url}>
            <Input type="url" required defaultValue={asked?.url} placeholder="https://prometheus.example.com" />
          </Field>
          <Field name="good" label={text.good} hint={text.goodHint}>
            <Textarea required spellCheck={false} defaultValue={asked?.good ?? draft?.good} />
          </Field>
          <Field name="total" label={text.total} hint={text.totalHint}>
            <Textarea required spellCheck={false} defaultValue={asked?.total ?? draft?.total} />
          </Field>
        </>
      ) : (
        <Field name="checks" label={text.check}>
          <Combobox label={text.check} search={searchChecks} onChoose={(choice) => choice && setChecks([...checks.filter(({ id }) => id !== choice.id), choice])} />
          {checks.length ? (
            <ul className="spicked" aria-label={text.checks}>
              {checks.map(({ id, label }) => (
                <li key={id}>
                  <span className="el">{label}</span> <span className="id">{id}</span>
                  <Button square size="small" variant="quiet" icon={X} aria-label={text.remove(label)} onClick={() => setChecks(checks.filter((one) => one.id !== id))} />
                </li>
              ))}
            </ul>
          ) : null}
        </Field>
      )}
      <Field name="summary" label={text.summary} optional>
        <Textarea defaultValue={slo?.summary ?? draft?.summary} />
      </Field>
      <Preview kind={kind} checks={checks.map(({ id }) => id)} />
    </RecordForm>
  );
}

export default function SloForm() {
  const go = useGo();
  const [draft, setDraft] = useState<Draft>();
  return (
    <div className="stack16">
      <div>
        <h1>{words.make}</h1>
        <p className="lead">{text.sub}</p>
      </div>
      <ReadOpenSlo onTake={setDraft} />
      <SloFields key={draft?.name ?? ''} draft={draft} onCancel={() => go('/slos')} onDone={({ number }) => go(`/slos/${number}`)} />
    </div>
  );
}
