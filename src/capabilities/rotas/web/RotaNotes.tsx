import { CalendarHeart, Clock } from 'lucide-react';
import { Button } from '#web/ui/Button.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { dayName, daysOf, fullTime, ms, zoneName } from '#web/ui/time.ts';
import { gapsOf, type Shifts } from './rows.ts';
import type { Window } from './window.ts';
import { words } from './words.ts';

const MOST = 3;

interface RotaNotesProps {
  readonly window: Window;
  readonly zone: string;
  readonly shifts: Shifts;
  readonly now: number;
  readonly onCover: (gap: { readonly from: string; readonly until: string }) => void;
}

/** What needs a person in this window: hours nobody covers, and days on which the clocks change. */
export function RotaNotes({ window, zone, shifts, now, onCover }: RotaNotesProps) {
  const ahead = gapsOf(shifts).filter(({ until }) => ms(until) > now);
  const odd = daysOf({ ...window, zone }, now).filter(({ hours }) => hours !== 24);
  const holidays = shifts.holidays.slice(0, MOST);
  if (!ahead.length && !odd.length && !holidays.length) return null;
  return (
    <div className="rnotes">
      {ahead.slice(0, MOST).map((gap) => (
        <Note
          key={gap.from}
          state="critical"
          end={
            <Button size="small" onClick={() => onCover(gap)}>
              {words.rota.cover}
            </Button>
          }
        >
          <b className="b">
            Nobody is on call from {fullTime(gap.from, zone)} to {fullTime(gap.until, zone)}.
          </b>{' '}
          {gap.because === 'override'
            ? 'An override takes everybody off. '
            : gap.because === 'absent'
              ? `${gap.absent.join(' and ')} ${gap.absent.length > 1 ? 'are' : 'is'} away. `
              : ''}
          Alerts in that time go on to the next step of the policy.
        </Note>
      ))}
      {ahead.length > MOST ? <Note state="warning">{ahead.length - MOST} more gaps are in this window.</Note> : null}
      {odd.map(({ from, until, label, hours }) => (
        <Note
          key={from}
          icon={
            <span className="ic info">
              <Icon of={Clock} />
            </span>
          }
        >
          <b className="b">
            {label} has {hours} hours.
          </b>{' '}
          <span className="mut">
            The clocks go {hours > 24 ? 'back' : 'forward'}, from {zoneName(from, zone)} to {zoneName(until, zone)}; handovers stay at the same clock time.
          </span>
        </Note>
      ))}
      {holidays.length ? (
        <Note
          icon={
            <span className="ic info">
              <Icon of={CalendarHeart} />
            </span>
          }
        >
          <b className="b">Holidays: </b>
          <span className="mut">{holidays.map(({ day, name }) => `${name} (${dayName(`${day}T12:00:00Z`, 'UTC')})`).join(', ')}.</span>
        </Note>
      ) : null}
    </div>
  );
}
