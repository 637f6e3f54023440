import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { OnCallTabs } from '#web/OnCallTabs.tsx';
import { useTitle } from '#web/address.ts';
import { api, problemOf, send, useRead, useWrite } from '#web/api.ts';
import { RecordActions } from '#web/record/RecordActions.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { fieldText } from '#web/record/field-text.ts';
import { useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { Field, Input, Select } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Card, Empty, Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import type { PersonRef } from '#web/ui/People.tsx';
import { RotaBars, type RotaRow } from '#web/ui/RotaBars.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { DAY, dayName, fullTime, HOUR, lengthOf, ms } from '#web/ui/time.ts';
import type { Out } from '#kernel/contract.ts';
import { rotas } from '../contract/index.ts';
import { Requests } from './Requests.tsx';
import { Subscribe } from './Subscribe.tsx';
import { windowShown } from './draft.ts';
import { localOf } from './window.ts';
import { words } from './words.ts';

const text = words.mine;
const KINDS = (['leave', 'sick', 'training', 'other'] as const).map((value) => ({ value, label: text.kinds[value] }));
const AHEAD = 90;
type Mine = Out<(typeof rotas)['verbs']['mine']>['items'][number];
type Away = Out<(typeof rotas)['verbs']['addAbsence']>;

/** Everything one is on call for, what one is asked to take, and when one is away. */
export default function MyShiftsPage() {
  const { person } = useMe();
  const zone = useZone();
  const now = useNow('minute');
  const day = Math.floor(now / DAY) * DAY;
  const { data, problem } = useRead(api(rotas).mine, { from: new Date(day - DAY).toISOString(), until: new Date(day + AHEAD * DAY).toISOString() }, { on: ['rota.', 'absence.'] });
  const [asked, setAsked] = useState(false);
  useTitle(text.title);
  const ahead = data?.items.filter(({ until }) => ms(until) > now) ?? [];
  return (
    <div className="withthumb">
      <OnCallTabs current="mine" />
      <div className="listhead">
        <h1>{text.title}</h1>
        <RecordActions actions={[{ label: words.subscribe.act, icon: CalendarPlus, onAct: () => setAsked(true) }]} />
      </div>
      {asked ? <Subscribe onClose={() => setAsked(false)} /> : null}
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {person && ahead.length ? (
        <RotaBars label={text.title} window={windowShown('four', zone, now)} rows={rowsOfMine(ahead, { id: person.id, name: person.name })} now={now} />
      ) : null}
      <div className="layered">
        <div className="stack16">
          <Section title={text.shifts(AHEAD)} count={data ? ahead.length : undefined}>
            {data ? null : <Skeleton width="80%" />}
            {data && !ahead.length ? <Empty icon={CalendarPlus} title={text.none} sentence={text.noneText} /> : null}
            <ul className="plainrows">
              {ahead.map((shift) => (
                <li key={`${shift.rota.id} ${shift.from}`}>
                  <span className="grow">
                    <Link className="b" href={`/on-call/${shift.rota.number}`}>
                      {shift.rota.title}
                    </Link>
                    <span className="why block">
                      {fullTime(shift.from, zone)} to {fullTime(shift.until, zone)} ({lengthOf(ms(shift.until) - ms(shift.from))})
                    </span>
                  </span>
                  <span className="end">
                    {ms(shift.from) <= now ? <StatusText state="info">{text.running}</StatusText> : null}
                    {shift.shadow ? (
                      <span className="dim s12">{words.layer.shadow}</span>
                    ) : (
                      <Link className="btn sm" href={`/on-call/${shift.rota.number}?ask=${encodeURIComponent(`${shift.from}~${shift.until}`)}`}>
                        {text.ask}
                      </Link>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
          <Requests zone={zone} />
          <Absences person={person?.number} zone={zone} />
        </div>
        <AwayForm zone={zone} now={now} />
      </div>
    </div>
  );
}

/** One row for each rota; a shadow is told beside, so it is drawn as what it is. */
function rowsOfMine(items: readonly Mine[], me: PersonRef): readonly RotaRow[] {
  const byRota = Map.groupBy(items, ({ rota }) => rota.id);
  return [...byRota.values()].flatMap((shifts): RotaRow[] => {
    const [first] = shifts;
    return first
      ? [
          {
            id: first.rota.id,
            label: first.rota.title,
            sub: first.rota.number,
            bars: shifts.map(({ from, until, shadow }) => ({ from, until, kind: shadow ? 'off' : 'shift', person: me })),
          },
        ]
      : [];
  });
}

function AwayForm({ zone, now }: { readonly zone: string; readonly now: number }) {
  const [said, setSaid] = useState<Away>();
  const [turn, setTurn] = useState(0);
  const tomorrow = localOf(now + DAY, zone).slice(0, 10);
  return (
    <Card title={text.away}>
      {said ? <Consequences away={said} zone={zone} /> : null}
      <RecordForm
        key={turn}
        draftKey="absence"
        submit={text.awaySubmit}
        onSubmit={(values) =>
          send(
            api(rotas).addAbsence,
            {
              kind: KINDS.find(({ value }) => value === fieldText(values, 'kind'))?.value ?? 'leave',
              from: fieldText(values, 'from'),
              until: fieldText(values, 'until'),
              note: fieldText(values, 'note'),
              zone,
            },
            (answer) => {
              setSaid(answer);
              setTurn(turn + 1);
            },
          )
        }
      >
        <p className="dim s13">{text.awayText}</p>
        <Field name="kind" label={text.kind}>
          <Select options={KINDS} defaultValue="leave" />
        </Field>
        <Field name="from" label={words.rota.from} hint={zone.replaceAll('_', ' ')}>
          <Input type="datetime-local" defaultValue={`${tomorrow}T00:00`} required />
        </Field>
        <Field name="until" label={words.rota.until}>
          <Input type="datetime-local" defaultValue={`${localOf(now + 2 * DAY + HOUR, zone).slice(0, 10)}T00:00`} required />
        </Field>
        <Field name="note" label={words.rota.note} optional>
          <Input maxLength={300} />
        </Field>
      </RecordForm>
    </Card>
  );
}

/** What an absence opens, and who could take it. */
function Consequences({ away, zone }: { readonly away: Away; readonly zone: string }) {
  if (!away.gaps.length)
    return (
      <Note live state="good">
        {text.noGap}
      </Note>
    );
  return (
    <Note live state="critical">
      <b className="b">{text.gaps(away.gaps.length)}</b>
      <ul className="plainrows">
        {away.gaps.map(({ rota, from, until, candidates }) => (
          <li key={`${rota.id} ${from}`}>
            <span className="grow">
              <Link className="l" href={`/on-call/${rota.number}?ask=${encodeURIComponent(`${from}~${until}`)}`}>
                {rota.title}
              </Link>
              , {dayName(from, zone)}:{' '}
              {candidates.some(({ able }) => able) ? text.could(candidates.filter(({ able }) => able).map(({ person }) => person.title)) : text.nobodyCould}
            </span>
          </li>
        ))}
      </ul>
    </Note>
  );
}

function Absences({ person, zone }: { readonly person: string | undefined; readonly zone: string }) {
  const { data } = useRead(api(rotas).absences, person ? { person } : {}, { enabled: Boolean(person), on: ['absence.'] });
  const remove = useWrite(api(rotas).removeAbsence);
  if (!data?.items.length) return null;
  return (
    <Section title={text.absences} count={data.items.length}>
      {remove.problem ? (
        <Note live state="critical">
          {problemOf(remove.problem).sentence}
        </Note>
      ) : null}
      <ul className="plainrows">
        {data.items.map((absence) => (
          <li key={absence.id}>
            <span className="grow">
              <b className="b">{absence.kind ? text.kinds[absence.kind] : text.awayKind}</b>
              <span className="why block">
                {fullTime(absence.from, zone)} to {fullTime(absence.until, zone)}
                {absence.note ? `. ${absence.note}` : ''}
              </span>
            </span>
            <span className="end">
              <Button size="small" variant="quiet" busy={remove.busy} onClick={() => remove.act({ absenceId: absence.id })}>
                {text.back}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
