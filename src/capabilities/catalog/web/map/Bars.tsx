import { Crosshair, History, Shield, X, Zap } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Segmented } from '#web/ui/Tabs.tsx';
import { DAY, dayName, fullTime, MINUTE, ms } from '#web/ui/time.ts';
import type { MapState, Towards } from './state.ts';
import { TOWARDS } from './state.ts';
import type { MapData } from './use-layout.ts';
import { words } from './words.ts';

interface BarProps {
  readonly data: MapData | undefined;
  readonly state: MapState;
  readonly change: (to: Partial<MapState>) => void;
}

const HOPS = [1, 2, 3, 4, 5, 6];

/** Around which record, how far and which way; only while a record is in focus. */
export function FocusBar({ data, state, change }: BarProps) {
  if (state.focus === undefined) return null;
  const name = data?.nodes.find(({ number }) => number === state.focus)?.name ?? state.focus;
  return (
    <div className="mapbar" role="group" aria-label={words.focus.around}>
      <span className="row">
        <Icon of={Crosshair} size={14} dim />
        <span className="nw">
          {words.focus.around} <b className="b">{name}</b>
        </span>
      </span>
      <Segmented
        label={words.focus.hops}
        choices={HOPS.map((hop) => ({ id: String(hop), label: String(hop) }))}
        current={String(state.hops)}
        onChoose={(id) => change({ hops: Number(id), open: undefined })}
      />
      <span className="dim s12">{words.focus.hops.toLowerCase()}</span>
      <Segmented
        label={words.focus.towards}
        choices={TOWARDS.map((id) => ({ id, label: words.focus.directions[id] }))}
        current={state.towards}
        onChoose={(id) => change({ towards: id as Towards, open: undefined })}
      />
      <Button variant="quiet" size="small" icon={X} onClick={() => change({ focus: undefined, open: undefined })}>
        {words.focus.end}
      </Button>
    </div>
  );
}

/** What is marked, each with a way to take the mark away. */
export function MarksBar({ data, state, change }: BarProps) {
  if (state.failed.length + state.spared.length === 0) return null;
  const nameOf = new Map([...(data?.marked.failed ?? []), ...(data?.marked.spared ?? [])].map(({ number, title }) => [number, title]));
  const chip = (kind: 'failed' | 'spared') => (number: string) => {
    const name = nameOf.get(number) ?? number;
    return (
      <span key={number} className={`markchip ${kind}`}>
        <Icon of={kind === 'failed' ? Zap : Shield} size={12} />
        <span className="el">{name}</span>
        <button type="button" aria-label={words.whatIf.unmark(name)} onClick={() => change({ [kind]: state[kind].filter((one) => one !== number) })}>
          <Icon of={X} size={12} />
        </button>
      </span>
    );
  };
  return (
    <div className="mapbar" role="group" aria-label={words.whatIf.title}>
      {state.failed.length ? <span className="dim s12 nw">{words.fates.failed}</span> : null}
      {state.failed.map(chip('failed'))}
      {state.spared.length ? <span className="dim s12 nw">{words.whatIf.spared}</span> : null}
      {state.spared.map(chip('spared'))}
      <Button variant="quiet" size="small" onClick={() => change({ failed: [], spared: [] })}>
        {words.whatIf.clear}
      </Button>
    </div>
  );
}

/** Days from the first record until now; the far right end is now. */
export function TimeBar({ data, state, change }: BarProps) {
  const [now, zone] = [useNow('minute'), useZone()];
  const first = data?.firstAt ? ms(data.firstAt) : undefined;
  const days = first === undefined ? 0 : Math.ceil((now - first) / DAY);
  const set = state.at === undefined ? days : Math.max(0, days - Math.round((now - ms(state.at)) / DAY));
  const [held, setHeld] = useState<number>();
  const value = Math.min(days, held ?? set);
  // The end of a drag is not told by every browser alike: what has stood still for a moment is meant.
  useEffect(() => {
    if (held === undefined) return;
    const wait = setTimeout(() => {
      setHeld(undefined);
      change({ at: held >= days ? undefined : new Date(instantAt(now, days - held)).toISOString() });
    }, 220);
    return () => clearTimeout(wait);
    // oxlint-disable-next-line react/exhaustive-deps -- only a moved handle counts
  }, [held]);
  if (!days) return null;
  const shown = instantAt(now, days - value);
  const said = value >= days ? words.past.today : fullTime(state.at !== undefined && held === undefined ? state.at : shown, zone, now);
  return (
    <div className="maptime">
      <Icon of={History} size={14} dim />
      <span className="dim s12 nw">{dayName(first!, zone, now)}</span>
      <input
        type="range"
        min={0}
        max={days}
        value={value}
        aria-label={words.past.slider}
        aria-valuetext={said}
        onChange={(event) => setHeld(Number(event.currentTarget.value))}
        style={{ '--share': `${(value / days) * 100}%` } as Record<string, string>}
      />
      <span className="dim s12 nw">{words.past.today}</span>
      {value < days ? (
        <output className="when">
          {words.past.label} <b className="b">{said}</b>
        </output>
      ) : null}
    </div>
  );
}

const instantAt = (now: number, daysAgo: number): number => Math.floor(now / MINUTE) * MINUTE - daysAgo * DAY;
