import { useState } from 'react';
import { api, send, useRead } from '#web/api.ts';
import { personChoice, searchPeople } from '#web/record/choices.tsx';
import { Choose } from '#web/record/Choose.tsx';
import { Fold } from '#web/record/Fold.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Card, Note } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { fieldText } from '#web/record/field-text.ts';
import { useNow } from '#web/ui/now.ts';
import { fullTime } from '#web/ui/time.ts';
import { rotas } from '../contract/index.ts';
import { instantOfLocal } from '../rules/reading.ts';
import type { Rota } from './layer-values.ts';
import { changesOf } from './override-preview.ts';
import type { Shifts } from './rows.ts';
import { words } from './words.ts';

const text = words.takeOver;
export type Way = 'override' | 'ask';
const WAYS = [
  { id: 'override', label: text.override },
  { id: 'ask', label: text.ask },
] as const;
const KINDS = (['replace', 'add', 'remove', 'nobody'] as const).map((value) => ({ value, label: text.kinds[value] }));

/** What the fields say. Nobody is only where it was chosen: an empty field must not take everybody off call. */
function saidIn(values: FormData) {
  const kind = KINDS.find(({ value }) => value === fieldText(values, 'kind'))?.value ?? 'replace';
  const comes = kind === 'replace' || kind === 'add';
  return { kind: kind === 'nobody' ? ('replace' as const) : kind, comes, person: comes ? fieldText(values, 'person') : '', instead: fieldText(values, 'instead') };
}

export interface Offer {
  /** Wall-clock times of the rota. */
  readonly from: string;
  readonly until: string;
  readonly way: Way;
  /** Whom to ask, and what they would hand back. */
  readonly to?: { readonly id: string; readonly number: string; readonly title: string } | undefined;
  readonly inReturn?: { readonly from: string; readonly until: string } | undefined;
}

interface TakeOverProps {
  readonly rota: Rota;
  /** What is on the page, by which a change is shown before it is made. */
  readonly shifts: Shifts | undefined;
  readonly refused: string | null;
  readonly offer: Offer;
}

/** Lets somebody else, or nobody, be on call for a time; or asks somebody to take one's own shift. */
export function TakeOver({ rota, shifts, refused, offer }: TakeOverProps) {
  const [way, setWay] = useState<Way>(offer.way);
  return (
    <div id="override">
      <Card title={text.title}>
        {refused ? (
          <Note state="unknown">{refused}</Note>
        ) : (
          <div className="stack16">
            <Segmented label={text.title} choices={WAYS} current={way} onChoose={(id) => setWay(id === 'ask' ? 'ask' : 'override')} />
            {way === 'override' ? <Override rota={rota} shifts={shifts} offer={offer} /> : <Ask rota={rota} offer={offer} />}
          </div>
        )}
      </Card>
    </div>
  );
}

function Times({ rota, offer, onTime }: { readonly rota: Rota; readonly offer: Offer; readonly onTime?: (name: 'from' | 'until', value: string) => void }) {
  return (
    <>
      <Field name="from" label={words.rota.from} hint={rota.zone.replaceAll('_', ' ')}>
        <Input type="datetime-local" defaultValue={offer.from} required onInput={(event) => onTime?.('from', event.currentTarget.value)} />
      </Field>
      <Field name="until" label={words.rota.until}>
        <Input type="datetime-local" defaultValue={offer.until} required onInput={(event) => onTime?.('until', event.currentTarget.value)} />
      </Field>
    </>
  );
}

function Override({ rota, shifts, offer }: { readonly rota: Rota; readonly shifts: Shifts | undefined; readonly offer: Offer }) {
  const [turn, setTurn] = useState(0);
  const [said, setSaid] = useState<FormData>();
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const remember = (choice: { readonly id: string; readonly label: string } | undefined) => choice && setChosen(new Map([...chosen, [choice.id, choice.label]]));
  const [window, setWindow] = useState({ from: offer.from, until: offer.until });
  const [start, setStart] = useState<ReturnType<typeof personChoice>>();
  return (
    <div
      onInput={({ target }) => {
        const form = target instanceof Element ? target.closest('form') : null;
        if (form) setSaid(new FormData(form));
      }}
    >
      <RecordForm
        key={`${turn} ${start?.id ?? ''}`}
        draftKey={`override ${rota.number} ${offer.from}`}
        submit={text.submit}
        onSubmit={(values) => {
          const { kind, comes, person, instead } = saidIn(values);
          if (comes && person === '') return Promise.resolve({ title: text.notChanged, fields: [{ field: 'person', sentence: text.whoNeeded }] });
          return send(
            api(rotas).override,
            {
              number: rota.number,
              kind,
              person: person || null,
              instead: instead || null,
              from: fieldText(values, 'from'),
              until: fieldText(values, 'until'),
              layerId: fieldText(values, 'layerId') || null,
              note: fieldText(values, 'note'),
            },
            () => setTurn(turn + 1),
          );
        }}
      >
        <Choose name="person" label={text.who} start={start} search={searchPeople} onChoose={remember} />
        <Times rota={rota} offer={offer} onTime={(name, value) => setWindow({ ...window, [name]: value })} />
        <Candidates rota={rota} window={window} onChoose={setStart} />
        <Fold label={text.more} fields={['kind', 'instead', 'layerId', 'note']} filled={false}>
          <Field name="kind" label={text.kind}>
            <Select options={KINDS} defaultValue="replace" />
          </Field>
          <Choose optional name="instead" label={text.instead} none={text.everybody} search={searchPeople} />
          {rota.layers.length > 1 ? (
            <Field name="layerId" label={words.rota.layer} optional>
              <Select none={words.rota.anyLayer} options={rota.layers.map(({ id, name }) => ({ value: id, label: name }))} />
            </Field>
          ) : null}
          <Field name="note" label={words.rota.note} optional>
            <Input maxLength={300} />
          </Field>
        </Fold>
      </RecordForm>
      <Consequence rota={rota} shifts={shifts} said={said} chosen={chosen} />
    </div>
  );
}

interface ConsequenceProps {
  readonly rota: Rota;
  readonly shifts: Shifts | undefined;
  readonly said: FormData | undefined;
  /** Names by number of whoever was chosen. */
  readonly chosen: ReadonlyMap<string, string>;
}

/** Who is on call instead of whom, before it is saved. */
function Consequence({ rota, shifts, said, chosen }: ConsequenceProps) {
  const now = useNow('minute');
  if (!shifts || !said) return null;
  const shown = [...shifts.result, ...shifts.layers.flatMap((layer) => layer.shifts)].flatMap(({ people }) => people);
  const names = new Map([...chosen, ...shown.map((person): [string, string] => [person.id, person.title])]);
  const { comes, ...people } = saidIn(said);
  if (comes && people.person === '') return null;
  const asked = {
    ...people,
    layerId: fieldText(said, 'layerId'),
    from: fieldText(said, 'from'),
    until: fieldText(said, 'until'),
  };
  const changes = changesOf({ rota, shifts, names }, asked, now);
  if (!changes) return null;
  if (!changes.length) return <p className="draghint">{text.noChange}</p>;
  const listed = (people: readonly string[]) => people.join(', ') || words.nobody;
  return (
    <ul className="plainrows willbe" aria-label={text.willBe}>
      {changes.slice(0, SHOWN).map((change) => (
        <li key={change.from}>
          <span>
            <b className="b">{listed(change.after)}</b> {text.insteadOf(listed(change.before))}
            <span className="why block">
              {fullTime(change.from, rota.zone)} to {fullTime(change.until, rota.zone)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const SHOWN = 3;

/** Who could take the time, the fewest hours lately first, each with its reasons. */
function Candidates({
  rota,
  window,
  onChoose,
}: {
  readonly rota: Rota;
  readonly window: { readonly from: string; readonly until: string };
  readonly onChoose: (choice: ReturnType<typeof personChoice>) => void;
}) {
  const [from, until] = [instantOfLocal(rota.zone, window.from), instantOfLocal(rota.zone, window.until)];
  const isWindow = from < until;
  const { data } = useRead(
    api(rotas).cover,
    { number: rota.number, from: isWindow ? new Date(from).toISOString() : '', until: isWindow ? new Date(until).toISOString() : '' },
    { enabled: isWindow, on: ['rota.', 'absence.'] },
  );
  const able = data?.items.filter((one) => one.able).slice(0, SHOWN) ?? [];
  if (!able.length) return null;
  return (
    <div className="field">
      <span className="flabel">{text.could}</span>
      <ul className="plainrows could">
        {able.map(({ person, reasons }) => (
          <li key={person.id}>
            <button type="button" className="l textual" onClick={() => onChoose(personChoice(person))}>
              <Person person={{ id: person.id, name: person.title }} />
              <span className="why block">{reasons.join(' ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Ask({ rota, offer }: { readonly rota: Rota; readonly offer: Offer }) {
  const [turn, setTurn] = useState(0);
  return (
    <RecordForm
      key={turn}
      draftKey={`swap ${rota.number} ${offer.from}`}
      submit={text.askSubmit}
      onSubmit={(values) => {
        const [from, until] = [fieldText(values, 'returnFrom'), fieldText(values, 'returnUntil')];
        return send(
          api(rotas).askSwap,
          {
            number: rota.number,
            from: fieldText(values, 'from'),
            until: fieldText(values, 'until'),
            to: fieldText(values, 'to') || null,
            inReturn: from && until ? { from, until } : null,
            note: fieldText(values, 'note'),
          },
          () => setTurn(turn + 1),
        );
      }}
    >
      <p className="dim s13">{text.askText}</p>
      <Times rota={rota} offer={offer} />
      <Choose optional name="to" label={text.to} none={text.anybody} start={offer.to && personChoice(offer.to)} search={searchPeople} />
      <Fold label={text.inReturn} fields={['returnFrom', 'returnUntil']} filled={offer.inReturn !== undefined}>
        <Field name="returnFrom" label={words.rota.from} optional>
          <Input type="datetime-local" defaultValue={offer.inReturn?.from ?? ''} />
        </Field>
        <Field name="returnUntil" label={words.rota.until} optional>
          <Input type="datetime-local" defaultValue={offer.inReturn?.until ?? ''} />
        </Field>
      </Fold>
      <Field name="note" label={words.rota.note} optional>
        <Input maxLength={300} />
      </Field>
    </RecordForm>
  );
}
