import { CalendarHeart, RefreshCw, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { OnCallTabs } from '#web/OnCallTabs.tsx';
import { useTitle } from '#web/address.ts';
import { api, send, useRead, useWrite } from '#web/api.ts';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { fieldText } from '#web/record/field-text.ts';
import { useMay } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Card, Empty, Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Ago } from '#web/ui/Time.tsx';
import type { Out } from '#kernel/contract.ts';
import { rotas } from '../contract/index.ts';
import { words } from './words.ts';

const text = words.holidays;
type Calendar = Out<(typeof rotas)['verbs']['calendars']>['items'][number];

/** Calendars of holidays that rotas keep: read every day from an address, or once from a file. */
export default function HolidaysPage() {
  const may = useMay('rotas.plan');
  const { data, problem } = useRead(api(rotas).calendars, {}, { on: ['holidays.'] });
  useTitle(text.title);
  return (
    <>
      <OnCallTabs current="holidays" />
      <div className="listhead">
        <h1>{text.title}</h1>
      </div>
      <p className="lead">{text.sub}</p>
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      <div className="layered">
        <Section title={text.calendars} count={data?.items.length}>
          {data ? null : <Skeleton width="80%" />}
          {data && !data.items.length ? <Empty icon={CalendarHeart} title={text.none} sentence={text.noneText} /> : null}
          <ul className="plainrows">
            {data?.items.map((calendar) => (
              <Line key={calendar.id} calendar={calendar} may={may} />
            ))}
          </ul>
        </Section>
        {may ? <Add /> : null}
      </div>
    </>
  );
}

function Line({ calendar, may }: { readonly calendar: Calendar; readonly may: boolean }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const read = useWrite(api(rotas).readCalendar);
  const remove = useWrite(api(rotas).removeCalendar);
  const days = useRead(api(rotas).holidays, { calendarId: calendar.id }, { enabled: open, on: ['holidays.'] });
  const problem = read.problem ?? remove.problem;
  return (
    <li>
      <span className="grow">
        <button type="button" className="l textual b" aria-expanded={open} onClick={() => setOpen(!open)}>
          {calendar.name}
        </button>
        <span className="why block">
          {text.days(calendar.days)}
          {calendar.readAt ? (
            <>
              , {text.read} <Ago at={calendar.readAt} />
            </>
          ) : null}
          {calendar.url ? `, ${new URL(calendar.url).host}` : `, ${text.fromFile}`}
        </span>
        {calendar.trouble ? <StatusText state="warning">{calendar.trouble}</StatusText> : null}
        {problem ? (
          <Note live state="critical">
            {problem.sentence}
          </Note>
        ) : null}
        {open ? <span className="why block">{days.data?.items.map(({ day, name }) => `${day} ${name}`).join(' · ') || '–'}</span> : null}
        {asked ? <span className="why block">{text.removeText}</span> : null}
      </span>
      {may ? (
        <span className="end">
          {calendar.url ? (
            <Button
              square
              size="small"
              variant="quiet"
              icon={RefreshCw}
              busy={read.busy}
              aria-label={`${text.again}: ${calendar.name}`}
              onClick={() => read.act({ calendarId: calendar.id })}
            />
          ) : null}
          {asked ? (
            <Button size="small" variant="danger" busy={remove.busy} onClick={() => remove.act({ calendarId: calendar.id })}>
              {text.remove}
            </Button>
          ) : (
            <Button square size="small" variant="quiet" icon={Trash2} aria-label={`${text.remove}: ${calendar.name}`} onClick={() => setAsked(true)} />
          )}
        </span>
      ) : null}
    </li>
  );
}

function Add() {
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ readonly name: string; readonly text: string }>();
  const [turn, setTurn] = useState(0);
  return (
    <Card title={text.add}>
      <RecordForm
        key={turn}
        draftKey="holidays"
        submit={text.add}
        onSubmit={(values) => {
          const url = fieldText(values, 'url');
          return send(api(rotas).addCalendar, { name: fieldText(values, 'name'), ...(url ? { url } : file ? { text: file.text } : {}) }, () => {
            setFile(undefined);
            setTurn(turn + 1);
          });
        }}
      >
        <Field name="name" label={words.name} hint={text.nameHint}>
          <Input required maxLength={60} />
        </Field>
        <Field name="url" label={text.url} hint={text.urlHint} optional>
          <Input type="url" inputMode="url" />
        </Field>
        <div className="row">
          <Button onClick={() => picker.current?.click()}>{text.choose}</Button>
          <span className="dim s12">{file?.name}</span>
        </div>
        <input
          ref={picker}
          type="file"
          accept=".ics,text/calendar"
          hidden
          aria-label={text.choose}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            if (chosen) void chosen.text().then((content) => setFile({ name: chosen.name, text: content }));
          }}
        />
      </RecordForm>
    </Card>
  );
}
