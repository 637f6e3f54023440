import { Archive, CalendarArrowDown, CalendarPlus, ChevronLeft, ChevronRight, Layers3, NotebookText, Pencil } from 'lucide-react';
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
import { RotaBars, type RotaBar } from '#web/ui/RotaBars.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { DAY, dayName, HOUR, ms, type Instant } from '#web/ui/time.ts';
import { rotas } from '../contract/index.ts';
import { Fairness } from './Fairness.tsx';
import { Findings } from './Findings.tsx';
import { Requests } from './Requests.tsx';
import { TakeOver, type Offer } from './TakeOver.tsx';
import { RotaChange } from './RotaChange.tsx';
import { Subscribe } from './Subscribe.tsx';
import { RotaNotes } from './RotaNotes.tsx';
import { RotaNow } from './RotaNow.tsx';
import type { Rota } from './layer-values.ts';
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
  const [asked, setAsked] = useState<'subscribe' | 'change' | 'retire'>();
  const [picked, setPicked] = useState<Offer>();
  const retire = useWrite(api(rotas).retire, () => setAsked(undefined));
  useTitle(data?.rota.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { rota, policies, may } = data;
  const close = () => setAsked(undefined);
  const hour = Math.ceil(now / HOUR) * HOUR;
  const way = search['ask'] ? 'ask' : 'override';
  const [askedFrom, askedUntil] = (search['ask'] ?? search['cover'])?.split('~') ?? [];
  const local = (at: string | number) => localOf(at, zone);
  const linked: Offer | undefined = askedFrom && askedUntil ? { from: local(askedFrom), until: local(askedUntil), way } : undefined;
  const offer = picked ?? linked ?? { from: local(hour), until: local(hour + 12 * HOUR), way: 'override' };
  function take(next: Offer) {
    setPicked(next);
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
          <RotaBars
            label={`Rota ${rota.name}`}
            window={{ from: window.from, until: window.until, zone }}
            rows={rowsOf(rota, shifts)}
            now={now}
            {...(may.override
              ? {}
              : { onStretch: ({ from, until }) => take({ from: local(from), until: local(until), way: 'override' }), onSwap: (moved, onto) => take(swapOf(rota, moved, onto)) })}
          />
          {may.override ? null : <p className="draghint">{text.dragHint}</p>}
          <RotaNotes window={window} zone={zone} shifts={shifts} now={now} onCover={({ from, until }) => take({ from: local(from), until: local(until), way: 'override' })} />
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
        { label: words.handover.crumb, icon: NotebookText, href: `/on-call/${rota.number}/handover` },
        { label: words.fromCalendar.crumb, icon: CalendarArrowDown, refused: may.update, href: `/on-call/${rota.number}/from-calendar` },
        { label: words.subscribe.act, icon: CalendarPlus, onAct: () => setAsked('subscribe') },
        { label: text.edit, icon: Layers3, refused: may.update, variant: 'primary', href: `/on-call/${rota.number}/layers` },
      ]}
      wide={wide}
      side={
        <>
          <TakeOver key={`${offer.from} ${offer.until} ${offer.way} ${offer.to?.id ?? ''}`} rota={rota} shifts={shifts} refused={may.override} offer={offer} />
          <RecordSide number={number} />
        </>
      }
    >
      <Findings rota={number} />
      <Requests rota={number} zone={zone} />
      <Handovers rota={rota} />
      <Fairness rota={rota} day={Math.floor(now / DAY) * DAY} refused={may.update} />
      {shifts ? <Overrides rota={rota} shifts={shifts} refused={may.override} /> : null}
      {asked === 'subscribe' ? <Subscribe rota={rota} onClose={close} /> : null}
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

/** One shift put onto another: whoever has the first asks whoever has the second to take it, against theirs. */
function swapOf(rota: Rota, moved: RotaBar, onto: RotaBar): Offer {
  const local = (at: Instant) => localOf(ms(at), rota.zone);
  const to = rota.layers.flatMap(({ people }) => people.flat()).find(({ id }) => id === onto.person?.id);
  return { from: local(moved.from), until: local(moved.until), way: 'ask', to, inReturn: { from: local(onto.from), until: local(onto.until) } };
}
