import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { useTelling } from '#web/ui/telling.ts';
import { WEEKDAYS, type Hours, type Weekday } from '../rules/hours.ts';
import { writtenHours } from './layer-values.ts';
import { words } from './words.ts';

const text = words.layer.hours;
const [WORKING, ALL] = [WEEKDAYS.slice(0, 5), WEEKDAYS];

const PRESETS: readonly { readonly label: string; readonly hours: readonly Hours[] }[] = [
  { label: text.always, hours: [] },
  { label: text.working, hours: [{ days: WORKING, from: '09:00', until: '17:00' }] },
  {
    label: text.outside,
    hours: [
      { days: WORKING, from: '17:00', until: '09:00' },
      { days: ['sa', 'su'], from: '09:00', until: '09:00' },
    ],
  },
  { label: text.nights, hours: [{ days: ALL, from: '20:00', until: '08:00' }] },
];

/** When a layer is on call at all: lines of weekdays with two times of day. Sends them under "hours". */
export function HoursFields({ start }: { readonly start: readonly Hours[] }) {
  const [lines, setLines] = useState(start);
  const value = writtenHours(lines);
  const sent = useTelling(value);
  const change = (at: number, next: Partial<Hours>) => setLines(lines.map((line, index) => (index === at ? { ...line, ...next } : line)));
  const toggled = ({ days }: Hours, day: Weekday) => WEEKDAYS.filter((each) => (each === day ? !days.includes(day) : days.includes(each)));
  return (
    <fieldset className="field hoursfield">
      <legend>{text.title}</legend>
      <div className="chipsrow">
        {PRESETS.map(({ label, hours }) => (
          <button key={label} type="button" className="chip" aria-pressed={writtenHours(hours) === value} onClick={() => setLines(hours)}>
            {label}
          </button>
        ))}
      </div>
      {lines.map((line, at) => (
        // Lines have no names of their own: their place is what they are.
        <div key={at} className="hoursline" role="group" aria-label={text.line(at + 1)}>
          <span className="days">
            {WEEKDAYS.map((day) => (
              <button
                key={day}
                type="button"
                aria-label={`${text.days[day].slice(0, 2)}, ${text.days[day]}`}
                aria-pressed={line.days.includes(day)}
                onClick={() => change(at, { days: toggled(line, day) })}
              >
                {text.days[day].slice(0, 2)}
              </button>
            ))}
          </span>
          <input className="inp" type="time" aria-label={text.from} value={line.from} required onInput={(event) => change(at, { from: event.currentTarget.value })} />
          <span className="dim">{text.to}</span>
          <input className="inp" type="time" aria-label={text.until} value={line.until} required onInput={(event) => change(at, { until: event.currentTarget.value })} />
          {line.until <= line.from ? <span className="dim s12">{line.until === line.from ? text.whole : text.overnight}</span> : null}
          <Button square size="small" variant="quiet" icon={X} aria-label={text.out(at + 1)} onClick={() => setLines(lines.filter((_, index) => index !== at))} />
        </div>
      ))}
      {lines.length ? (
        <div className="row">
          <Button size="small" icon={Plus} onClick={() => setLines([...lines, { days: WORKING, from: '09:00', until: '17:00' }])}>
            {text.add}
          </Button>
        </div>
      ) : null}
      <input ref={sent} type="hidden" name="hours" value={value} />
    </fieldset>
  );
}
