import { Plus, X } from 'lucide-react';
import { Button } from '#web/ui/Button.tsx';
import { Checkbox, Field, Input } from '#web/ui/Field.tsx';
import type { Times } from './steps.ts';
import { words } from './words.ts';
import './paging.css';

const text = words.times;
const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
const WORKDAYS = DAYS.slice(0, 5);

export const officeHours = (zone: string): Times => ({ zone, hours: [{ days: [...WORKDAYS], from: '08:00', until: '18:00' }] });

interface WeeklyTimesProps {
  readonly label: string;
  /** Set where nothing else says what the times are. */
  readonly titled?: true;
  readonly times: Times;
  readonly onChange: (times: Times) => void;
}

/** Times of a week in a zone: rows of weekdays with a begin and an end. */
export function WeeklyTimes({ label, titled, times, onChange }: WeeklyTimesProps) {
  const change = (at: number, to: Partial<Times['hours'][number]>) => onChange({ ...times, hours: times.hours.map((row, place) => (place === at ? { ...row, ...to } : row)) });
  return (
    <div className="stack8" role="group" aria-label={label}>
      {titled ? <span className="b s13">{label}</span> : null}
      {times.hours.map((row, at) => (
        <div key={at} className="weekrow">
          <span className="days" role="group" aria-label={text.days}>
            {DAYS.map((day) => (
              <Checkbox
                key={day}
                label={text.dayNames[day]}
                checked={row.days.includes(day)}
                onChange={() => change(at, { days: DAYS.filter((one) => (one === day ? !row.days.includes(day) : row.days.includes(one))) })}
              />
            ))}
          </span>
          <span className="row">
            <input className="inp" type="time" aria-label={text.from} value={row.from} onChange={(event) => change(at, { from: event.currentTarget.value })} />
            <span className="dim s12">{text.to}</span>
            <input className="inp" type="time" aria-label={text.until} value={row.until} onChange={(event) => change(at, { until: event.currentTarget.value })} />
            <Button
              square
              size="small"
              variant="quiet"
              icon={X}
              aria-label={text.remove}
              {...(times.hours.length === 1 && { refused: text.last })}
              onClick={() => onChange({ ...times, hours: times.hours.filter((_, place) => place !== at) })}
            />
          </span>
        </div>
      ))}
      <div className="row">
        <Button size="small" icon={Plus} onClick={() => onChange({ ...times, hours: [...times.hours, { days: ['sa', 'su'], from: '10:00', until: '16:00' }] })}>
          {text.add}
        </Button>
      </div>
      <Field name="zone" label={text.zone}>
        <Input value={times.zone} onChange={(event) => onChange({ ...times, zone: event.currentTarget.value })} />
      </Field>
    </div>
  );
}
