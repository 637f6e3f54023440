import { Plus, X } from 'lucide-react';
import { WEEKDAYS, type Hours, type Weekday } from '#kernel/weekly.ts';
import { Button } from './Button.tsx';

const words = {
  days: { mo: 'Monday', tu: 'Tuesday', we: 'Wednesday', th: 'Thursday', fr: 'Friday', sa: 'Saturday', su: 'Sunday' },
  from: 'From',
  until: 'Until',
  to: 'to',
  overnight: 'the next day',
  whole: '24 hours',
  add: 'Add hours',
  line: (label: string, at: number) => `${label} ${at}`,
  out: (label: string, at: number) => `Remove ${label.toLowerCase()} ${at}`,
  last: 'One line must stay.',
} as const;

interface WeekHoursProps {
  readonly label: string;
  readonly hours: readonly Hours[];
  /** The line that is added. */
  readonly first: Hours;
  /** At least one line stays. */
  readonly needed?: true;
  readonly onChange: (hours: readonly Hours[]) => void;
}

const toggled = (days: readonly Weekday[], day: Weekday) => WEEKDAYS.filter((each) => (each === day ? !days.includes(day) : days.includes(each)));

/** Hours of a week: lines of weekdays with two times of day; one that ends no later than it begins runs over midnight. */
export function WeekHours({ label, hours, first, needed, onChange }: WeekHoursProps) {
  const change = (at: number, next: Partial<Hours>) => onChange(hours.map((line, place) => (place === at ? { ...line, ...next } : line)));
  return (
    <div className="weekhours">
      {hours.map((line, at) => (
        // Lines have no names of their own: their place is what they are.
        <div key={at} className="hoursline" role="group" aria-label={words.line(label, at + 1)}>
          <span className="days">
            {WEEKDAYS.map((day) => (
              <button
                key={day}
                type="button"
                aria-label={`${words.days[day].slice(0, 2)}, ${words.days[day]}`}
                aria-pressed={line.days.includes(day)}
                onClick={() => change(at, { days: toggled(line.days, day) })}
              >
                {words.days[day].slice(0, 2)}
              </button>
            ))}
          </span>
          <input className="inp" type="time" aria-label={words.from} value={line.from} required onChange={(event) => change(at, { from: event.currentTarget.value })} />
          <span className="dim">{words.to}</span>
          <input className="inp" type="time" aria-label={words.until} value={line.until} required onChange={(event) => change(at, { until: event.currentTarget.value })} />
          {line.until <= line.from ? <span className="dim s12">{line.until === line.from ? words.whole : words.overnight}</span> : null}
          <Button
            square
            size="small"
            variant="quiet"
            icon={X}
            aria-label={words.out(label, at + 1)}
            {...(needed && hours.length === 1 && { refused: words.last })}
            onClick={() => onChange(hours.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      <div className="row">
        <Button size="small" icon={Plus} onClick={() => onChange([...hours, first])}>
          {words.add}
        </Button>
      </div>
    </div>
  );
}
