import { Archive, Pause, Pencil, Play, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { type Action } from '#web/ui/Button.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { useZone } from '#web/ui/now.ts';
import { Ago } from '#web/ui/Time.tsx';
import { dayName } from '#web/ui/time.ts';
import { UptimeBars, UptimeTable } from '#web/ui/UptimeBars.tsx';
import { checks, type Check } from '../contract/index.ts';
import { CheckFacts } from './CheckFacts.tsx';
import { Certificates } from './Certificates.tsx';
import { CheckFields } from './CheckForm.tsx';
import { Outages, ResponseTimes } from './History.tsx';
import { kindOf } from './kinds.ts';
import { daysOf, LOOK, percent, tookWords, type Detail } from './look.tsx';
import { PingAddress } from './PingAddress.tsx';
import { Publishing } from './Publishing.tsx';
import { Measured, Pings, Results } from './Results.tsx';
import { words } from './words.ts';
import './checks.css';

const text = words.page;

function Uptime({ uptime }: { readonly uptime: Detail['uptime'] }) {
  const zone = useZone();
  const [table, setTable] = useState(false);
  const days = daysOf(uptime, 90);
  const trouble = days.filter(({ state }) => state === 'warning' || state === 'critical').length;
  const blank = days.filter(({ state }) => state === 'unknown').length;
  const said = [trouble === 1 ? '1 day with trouble' : `${trouble} days with trouble`, ...(blank ? [`${blank} without data`] : [])].join(', ');
  const first = uptime.days[0];
  return (
    <Section
      title={text.uptime}
      count={said}
      end={
        <button type="button" className="l textual" aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? text.less : text.more}
        </button>
      }
    >
      <UptimeBars
        label={`${text.uptime}: ${percent(uptime.quarter)}, ${said}`}
        days={days}
        {...(first && { from: dayName(`${first.day}T12:00:00Z`, zone).replace(/^\w+ /, '') })}
        summary={
          <>
            <b className="b">{percent(uptime.quarter)}</b> · {uptime.downMinutes} min down
          </>
        }
      />
      {table ? <UptimeTable label={text.table} days={days} /> : null}
    </Section>
  );
}

/** Why nobody is told of what is seen. */
function Held({ check: { behind, maintenance } }: { readonly check: Check }) {
  if (!behind && !maintenance) return null;
  return (
    <div className="rnotes">
      <Note
        state="info"
        end={
          <Link className="l" href={maintenance ? `/mutes/${maintenance.number}` : `/checks/${behind?.number}`}>
            {maintenance ? maintenance.title : behind?.title}
          </Link>
        }
      >
        {maintenance ? text.maintained : text.behind(behind?.number ?? '')}
      </Note>
    </div>
  );
}

export default function CheckPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(checks).get, { number }, { on: ['check.'] });
  const [asked, setAsked] = useState<'edit' | 'retire'>();
  const run = useWrite(api(checks).probeNow);
  const [ran, setRan] = useState(false);
  const pause = useWrite(api(checks).pause);
  const resume = useWrite(api(checks).resume);
  const retire = useWrite(api(checks).retire, () => setAsked(undefined));
  useTitle(data?.check.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { check, may } = data;
  const { version, probe } = check;
  const kind = kindOf(probe.kind);
  const close = () => setAsked(undefined);
  const refused = run.problem ?? pause.problem ?? resume.problem;
  const isPaused = check.state === 'paused';
  const actions: readonly Action[] = [
    { label: text.edit, icon: Pencil, refused: may.update, onAct: () => setAsked('edit') },
    { label: text.retire, icon: Archive, refused: may.retire, onAct: () => setAsked('retire') },
    ...(isPaused
      ? []
      : [
          {
            label: text.pause,
            icon: Pause,
            refused: may.pause,
            busy: pause.busy,
            ...(probe.kind === 'heartbeat' && { variant: 'primary' as const }),
            onAct: () => pause.act({ number, version }),
          },
        ]),
    ...(isPaused ? [{ label: text.resume, icon: Play, variant: 'primary' as const, refused: may.resume, busy: resume.busy, onAct: () => resume.act({ number, version }) }] : []),
    ...(probe.kind !== 'heartbeat' && !isPaused
      ? [
          {
            label: text.run,
            icon: RotateCw,
            variant: 'primary' as const,
            refused: may.probeNow,
            busy: run.busy,
            onAct: () =>
              void run.send({ number }).then(
                () => setRan(true),
                () => undefined,
              ),
          },
        ]
      : []),
  ];
  return (
    <RecordPage
      crumbs={[{ label: words.list.title, href: '/checks' }, { label: check.name }]}
      title={check.name}
      number={number}
      state={<Badge state={LOOK[check.state]}>{words.states[check.state]}</Badge>}
      sub={`It ${check.words}.`}
      facts={[
        { label: text.day, value: percent(data.uptime.day) },
        { label: text.week, value: percent(data.uptime.week) },
        { label: text.month, value: percent(data.uptime.month) },
        { label: text.quarter, value: percent(data.uptime.quarter) },
        {
          label: words.last,
          value: check.lastAt ? (
            <span>
              <Ago at={check.lastAt} /> ago
            </span>
          ) : (
            words.never
          ),
        },
        { label: text.took, value: tookWords(check.tookMs) },
      ]}
      actions={actions}
      side={
        <>
          <CheckFacts check={check} />
          <Certificates certificates={data.certificates} />
          <Publishing detail={data} />
          <RecordSide number={number} />
        </>
      }
    >
      <Held check={check} />
      {refused ? (
        <div className="rnotes">
          <Note live state="critical">
            {refused.sentence}
          </Note>
        </div>
      ) : null}
      {ran && !run.problem ? (
        <div className="rnotes">
          <Note live state="info">
            {text.asked}
          </Note>
        </div>
      ) : null}
      <Uptime uptime={data.uptime} />
      {probe.kind === 'heartbeat' ? <PingAddress detail={data} /> : <ResponseTimes number={number} />}
      <Outages check={check} />
      {probe.kind === 'heartbeat' ? (
        <Pings pings={data.pings} />
      ) : (
        <>
          <Measured results={data.results} />
          <Results results={data.results} />
        </>
      )}
      <Dialog title={text.edit} open={asked === 'edit'} onClose={close}>
        {kind ? <CheckFields kind={kind} check={check} onDone={close} onCancel={close} /> : null}
      </Dialog>
      <Confirm
        title={text.retireTitle(check.name)}
        sub={text.retireText}
        act={text.retire}
        open={asked === 'retire'}
        onClose={close}
        write={retire}
        onAct={() => retire.act({ number, version })}
      />
    </RecordPage>
  );
}
