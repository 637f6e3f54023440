import { BellRing, Pencil, TimerReset } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, send, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordForm } from '#web/record/RecordForm.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Field, Input } from '#web/ui/Field.tsx';
import { Link, useGo } from '#web/ui/Link.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { ms } from '#web/ui/time.ts';
import { mutes } from '../contract.ts';
import { AffectedLines, MuteState, NextTurn, WhenText, Windows } from './look.tsx';
import { MuteFields } from './MuteForm.tsx';
import './mutes.css';
import { instantFrom, localOf } from './times.ts';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.page;
const HOUR = 3_600_000;

/** What is kept silent, why, by whom, until when. */
export default function MutePage() {
  const { number } = useAddress();
  const [zone, now, go] = [useZone(), useNow('minute'), useGo()];
  const { data, problem } = useRead(api(mutes).get, { number }, { on: ['mute.'] });
  const [asked, setAsked] = useState<'edit' | 'extend' | 'end'>();
  const end = useWrite(api(mutes).end, () => setAsked(undefined));
  useTitle(data?.mute.reason);
  if (!data) return <RecordWaiting problem={problem} />;
  const { mute, windows, affected, continuedBy, may } = data;
  const close = () => setAsked(undefined);
  const actions =
    mute.state === 'over'
      ? []
      : [
          { label: text.edit, icon: Pencil, refused: may.update, onAct: () => setAsked('edit') },
          ...(mute.when.until ? [{ label: text.extend, icon: TimerReset, refused: may.extend, onAct: () => setAsked('extend') }] : []),
          { label: text.end, icon: BellRing, variant: 'primary' as const, refused: may.end, onAct: () => setAsked('end') },
        ];
  const later = mute.when.until ? Math.max(ms(mute.when.until), now) + HOUR : now + HOUR;
  return (
    <RecordPage
      crumbs={[{ label: words.title, href: '/mutes' }, { label: number }]}
      title={mute.reason}
      number={number}
      state={
        <>
          <MuteState mute={mute} />
          <Badge>{words.kinds[mute.kind]}</Badge>
        </>
      }
      sub={words.kindHint[mute.kind]}
      facts={[
        { label: words.when, value: <WhenText mute={mute} /> },
        { label: words.ends, value: <NextTurn mute={mute} /> },
        { label: words.by, value: mute.by ? <Person person={{ id: mute.by.id, name: mute.by.title }} /> : <span className="dim">{words.nobody}</span> },
        { label: text.reminder, value: mute.remindMinutes === null ? <span className="dim">{text.reminderNone}</span> : words.form.minutes(mute.remindMinutes) },
        ...(mute.continues
          ? [
              {
                label: text.continues,
                value: (
                  <Link className="l" href={`/mutes/${mute.continues.number}`}>
                    {mute.continues.number}
                  </Link>
                ),
              },
            ]
          : []),
      ]}
      actions={actions}
      side={<RecordSide number={number} />}
    >
      {continuedBy || mute.endedByHand ? (
        <Note>
          {continuedBy ? (
            <Link className="l" href={`/mutes/${continuedBy.number}`}>
              {text.continuedBy(continuedBy.number)}
            </Link>
          ) : (
            text.endedByHand
          )}
        </Note>
      ) : null}
      <Section title={text.affected}>
        <AffectedLines affected={affected} none={text.affectedNone} />
        <p className="dim s12">{text.matchersHint}</p>
        <ul className="mlines">
          {mute.matchers.map((line) => (
            <li key={line}>
              <code>{line}</code>
            </li>
          ))}
        </ul>
      </Section>
      {mute.state === 'over' ? null : <Section title={text.windows}>{windows.length ? <Windows windows={windows} /> : <p className="dim s13">{text.windowsNone}</p>}</Section>}
      {mute.pattern ? (
        <p className="dim s12">
          {text.from} <Time at={mute.when.from} form="full" />
          {mute.when.until ? (
            <>
              {' '}
              {text.until.toLowerCase()} <Time at={mute.when.until} form="full" />
            </>
          ) : null}
        </p>
      ) : null}
      <Dialog title={text.edit} open={asked === 'edit'} onClose={close}>
        <MuteFields
          mute={mute}
          onDone={(changed) => {
            close();
            if (changed.number !== number) go(`/mutes/${changed.number}`);
          }}
          onCancel={close}
        />
      </Dialog>
      <Dialog title={text.extendTitle} open={asked === 'extend'} onClose={close}>
        <RecordForm
          draftKey={`extend ${number}`}
          submit={text.extend}
          onCancel={close}
          onSubmit={(values) => send(api(mutes).extend, { number, version: mute.version, until: instantFrom(fieldText(values, 'until'), zone) ?? '' }, close)}
        >
          <Field name="until" label={text.until} hint={words.form.zoneHint(zone)}>
            <Input type="datetime-local" required defaultValue={localOf(later, zone)} />
          </Field>
        </RecordForm>
      </Dialog>
      <Confirm title={text.endTitle} sub={text.endText} act={text.end} open={asked === 'end'} onClose={close} write={end} onAct={() => end.act({ number })} />
    </RecordPage>
  );
}
