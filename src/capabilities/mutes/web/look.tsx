import { Link } from '#web/ui/Link.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { In } from '#web/ui/Time.tsx';
import { clockTime, dayName, fullTime, lengthOf, MINUTE, ms } from '#web/ui/time.ts';
import type { Out } from '#kernel/contract.ts';
import type { Mute, mutes } from '../contract.ts';
import { words } from './words.ts';

type Detail = Out<(typeof mutes)['verbs']['get']>;
export type Window = Detail['windows'][number];

export const MuteState = ({ mute }: { readonly mute: Pick<Mute, 'state'> }) =>
  mute.state === 'active' ? <StatusText state="info">{words.states.active}</StatusText> : <span className="dim">{words.states[mute.state]}</span>;

/** "Mon 2 Mar, 22:00–23:30", with the second day where it ends on another one. */
export function windowText({ from, until }: Window, zone: string, now: number): string {
  const sameDay = dayName(from, zone) === dayName(ms(until) - 1, zone);
  return `${dayName(from, zone, now)}, ${clockTime(from, zone)}–${sameDay ? '' : `${dayName(until, zone, now)}, `}${clockTime(until, zone)}`;
}

/** When it next begins or ends, as running time. */
export function NextTurn({ mute }: { readonly mute: Mute }) {
  const now = useNow('minute');
  if (mute.state === 'over') return <span className="dim">–</span>;
  if (!mute.next) return <span className="dim">{words.noEnd}</span>;
  const runs = ms(mute.next.from) <= now;
  return (
    <span className="nw">
      {runs ? words.endsIn : words.beginsIn} <In at={runs ? mute.next.until : mute.next.from} />
    </span>
  );
}

/** One line on when it holds. */
export function WhenText({ mute }: { readonly mute: Mute }) {
  const [zone, now] = [useZone(), useNow('minute')];
  const { when, pattern } = mute;
  return <>{pattern ?? (when.until ? windowText({ from: when.from, until: when.until }, zone, now) : fullTime(when.from, zone, now))}</>;
}

export function Windows({ windows }: { readonly windows: readonly Window[] }) {
  const [zone, now] = [useZone(), useNow('minute')];
  return (
    <ul className="mwindows">
      {windows.map((one) => (
        <li key={one.from}>
          <span className="num">{windowText(one, zone, now)}</span> <span className="dim">{lengthOf(Math.ceil((ms(one.until) - ms(one.from)) / MINUTE) * MINUTE)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What would be silent, kind by kind, with the first few names. */
export function AffectedLines({ affected, none }: { readonly affected: Detail['affected']; readonly none: string }) {
  const hit = affected.filter(({ count }) => count > 0);
  if (!hit.length) return <Note state="unknown">{none}</Note>;
  return (
    <ul className="maffected">
      {hit.map(({ kind, count, examples }) => (
        <li key={kind}>
          <b className="b">{kind === 'service' || kind === 'check' || kind === 'alert' ? words.affected[kind](count) : `${count} ${kind}`}</b>{' '}
          {examples.map(({ number, title }, at) => (
            <span key={number}>
              {at ? ', ' : ''}
              <Link className="l" href={`/records/${number}`}>
                {title}
              </Link>
            </span>
          ))}
          {count > examples.length ? `, ${words.cal.more(count - examples.length)}` : ''}
        </li>
      ))}
    </ul>
  );
}
