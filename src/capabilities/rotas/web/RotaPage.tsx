import { Archive, ChevronLeft, ChevronRight, Layers3, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Skeleton } from '#web/ui/Parts.tsx';
import { useNow } from '#web/ui/now.ts';
import { RotaBars } from '#web/ui/RotaBars.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { dayName, HOUR } from '#web/ui/time.ts';
import { rotas } from '../contract/index.ts';
import { AddOverride } from './AddOverride.tsx';
import { Layers } from './Layers.tsx';
import { RotaChange } from './RotaChange.tsx';
import { RotaNotes } from './RotaNotes.tsx';
import { RotaNow } from './RotaNow.tsx';
import { Handovers, Overrides } from './RotaTables.tsx';
import { rowsOf } from './rows.ts';
import { localOf, spanOf, stepFrom, windowOf } from './window.ts';
import { words } from './words.ts';

const text = words.rota;
const SPANS = [
  { id: 'week', label: text.week },
  { id: 'two', label: text.two },
  { id: 'month', label: text.month },
] as const;

/** One rota: who has it now, the bars of the window, what is uncovered, and a way to take over. */
export default function RotaPage() {
  const { number, search, keep } = useAddress();
  const now = useNow('minute');
  const { data, problem } = useRead(api(rotas).get, { number }, { on: ['rota.', 'notice.'] });
  const zone = data?.rota.zone ?? 'UTC';
  const span = spanOf(search['show']);
  const window = windowOf(span, search['from'], { now, zone });
  const { data: shifts } = useRead(
    api(rotas).shifts,
    { number, from: new Date(window.from).toISOString(), until: new Date(window.until).toISOString() },
    { enabled: Boolean(data), on: ['rota.'] },
  );
  const [asked, setAsked] = useState<'layers' | 'change' | 'retire'>();
  const [gap, setGap] = useState<{ readonly from: string; readonly until: string }>();
  const retire = useWrite(api(rotas).retire, () => setAsked(undefined));
  useTitle(data?.rota.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { rota, policies, may } = data;
  const close = () => setAsked(undefined);
  const hour = Math.ceil(now / HOUR) * HOUR;
  const offered = gap ?? { from: new Date(hour).toISOString(), until: new Date(hour + 12 * HOUR).toISOString() };
  function cover(next: { readonly from: string; readonly until: string }) {
    setGap(next);
    document.getElementById('override')?.scrollIntoView({ block: 'center' });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#override .combo')?.focus({ preventScroll: true }));
  }
  const wide = (
    <>
      <RotaNow rota={rota} shifts={shifts} span={SPANS.find(({ id }) => id === span)?.label ?? ''} policies={policies} />
      <div className="rotabar">
        <h2>
          {dayName(window.from, zone)} to {dayName(window.until - HOUR, zone)}
        </h2>
        <span className="cnt">{zone.replaceAll('_', ' ')}</span>
        <span className="grow" />
        <span className="row">
          <Button square variant="quiet" icon={ChevronLeft} aria-label={text.earlier} onClick={() => keep({ from: stepFrom(span, window.day, -1) })} />
          <Button onClick={() => keep({ from: undefined })}>{text.today}</Button>
          <Button square variant="quiet" icon={ChevronRight} aria-label={text.later} onClick={() => keep({ from: stepFrom(span, window.day, 1) })} />
        </span>
        <Segmented label="Window" choices={SPANS} current={span} onChoose={(id) => keep({ show: id === 'two' ? undefined : id })} />
      </div>
      {shifts ? (
        <>
          <RotaBars label={`Rota ${rota.name}`} window={{ from: window.from, until: window.until, zone }} rows={rowsOf(rota, shifts)} now={now} />
          <RotaNotes window={window} zone={zone} shifts={shifts} now={now} onCover={cover} />
        </>
      ) : (
        <Skeleton width="100%" />
      )}
    </>
  );
  return (
    <RecordPage
      crumbs={[{ label: words.title, href: '/on-call' }, { label: rota.name }]}
      title={rota.name}
      number={rota.number}
      sub={rota.about}
      actions={[
        { label: text.retire, icon: Archive, refused: may.retire, onAct: () => setAsked('retire') },
        { label: text.change, icon: Pencil, refused: may.update, onAct: () => setAsked('change') },
        { label: text.edit, icon: Layers3, refused: may.update, variant: 'primary', onAct: () => setAsked('layers') },
      ]}
      wide={wide}
      side={
        <>
          <AddOverride key={offered.from + offered.until} rota={rota} refused={may.override} from={localOf(offered.from, zone)} until={localOf(offered.until, zone)} />
          <RecordSide number={number} />
        </>
      }
    >
      <Handovers rota={rota} />
      {shifts ? <Overrides rota={rota} shifts={shifts} refused={may.override} /> : null}
      {asked === 'layers' ? <Layers rota={rota} onClose={close} /> : null}
      {asked === 'change' ? <RotaChange rota={rota} onDone={close} /> : null}
      <Confirm
        title={text.retireTitle(rota.name)}
        sub={text.retireText}
        act={text.retire}
        open={asked === 'retire'}
        onClose={close}
        write={retire}
        onAct={() => retire.act({ number, version: rota.version })}
      />
    </RecordPage>
  );
}
