import { Clock as ClockIcon, Timer } from 'lucide-react';
import { useEffect } from 'react';
import { Icon } from './Icon.tsx';
import { useNow, useZone } from './now.ts';
import { StatusShape } from './Status.tsx';
import * as time from './time.ts';
import type { Instant } from './time.ts';

type Form = 'short' | 'clock' | 'seconds' | 'full' | 'day';

/** A moment in the viewer's zone; UTC on hover. `short` is "14:27", "Mon 22:10" or "14 Sep", whichever is enough. */
export function Time({ at, form = 'short' }: { readonly at: Instant; readonly form?: Form }) {
  const zone = useZone();
  const now = useNow('minute');
  const words = {
    short: () => time.shortTime(at, zone, now),
    clock: () => time.clockTime(at, zone),
    seconds: () => time.clockSeconds(at, zone),
    full: () => time.fullTime(at, zone, now),
    day: () => time.dayName(at, zone, now),
  }[form]();
  return (
    <time dateTime={new Date(time.ms(at)).toISOString()} title={time.utcTime(at)}>
      {words}
    </time>
  );
}

type Tense = { readonly at: Instant };

/** How long ago: "8 min", "2 h 14 min". */
export function Ago({ at }: Tense) {
  const now = useNow('second');
  return (
    <time dateTime={new Date(time.ms(at)).toISOString()} title={time.utcTime(at)}>
      {time.ago(at, now)}
    </time>
  );
}

/** How long until: "in 6:52", "in 19 min", "in 6 days"; past: "64 d over". */
export function In({ at }: Tense) {
  const now = useNow('second');
  return (
    <time dateTime={new Date(time.ms(at)).toISOString()} title={time.utcTime(at)}>
      {time.dueIn(at, now)}
    </time>
  );
}

/** Only the figure, "6:52", never below zero; `onOver` is called once when it reaches it. */
export function Countdown({ to, onOver }: { readonly to: Instant; readonly onOver?: () => void }) {
  const left = Math.max(0, time.ms(to) - useNow('second'));
  const over = left === 0;
  useEffect(() => {
    if (over) onOver?.();
  }, [over, onOver]);
  return <span className="num">{time.countdown(left)}</span>;
}

type ClockProps = { readonly since: Instant } | { readonly due: Instant; readonly what?: string };

/** Neutral: elapsed. Warning: due. Critical: overdue. The words say which. */
export function Clock(props: ClockProps) {
  const now = useNow('second');
  const zone = useZone();
  if ('since' in props) {
    return (
      <span className="clock" role="timer">
        <Icon of={ClockIcon} size={14} />
        Since {time.clockTime(props.since, zone)} <b>{time.countdown(now - time.ms(props.since))}</b>
      </span>
    );
  }
  const left = time.ms(props.due) - now;
  const late = left < 0;
  const what = props.what ?? 'Update';
  return (
    <span className={`clock ${late ? 'critical' : 'warning'}`} role="timer" title={time.utcTime(props.due)}>
      {late ? <StatusShape state="critical" className="i i14" /> : <Icon of={Timer} size={14} />}
      {what} {late ? 'overdue by' : 'due in'} <b>{Math.abs(left) < time.DAY ? time.countdown(left) : time.lengthOf(left)}</b>
    </span>
  );
}
