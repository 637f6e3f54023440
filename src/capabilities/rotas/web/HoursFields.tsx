import { useState } from 'react';
import { WEEKDAYS, type Hours } from '#kernel/weekly.ts';
import { useTelling } from '#web/ui/telling.ts';
import { WeekHours } from '#web/ui/WeekHours.tsx';
import { writtenHours } from './layer-values.ts';
import { words } from './words.ts';

const text = words.layer.hours;
const WORKING = WEEKDAYS.slice(0, 5);
const OFFICE: Hours = { days: WORKING, from: '09:00', until: '17:00' };

const PRESETS: readonly { readonly label: string; readonly hours: readonly Hours[] }[] = [
  { label: text.always, hours: [] },
  { label: text.working, hours: [OFFICE] },
  {
    label: text.outside,
    hours: [
      { days: WORKING, from: '17:00', until: '09:00' },
      { days: ['sa', 'su'], from: '09:00', until: '09:00' },
    ],
  },
  { label: text.nights, hours: [{ days: WEEKDAYS, from: '20:00', until: '08:00' }] },
];

/** When a layer is on call at all. Sends it under "hours". */
export function HoursFields({ start }: { readonly start: readonly Hours[] }) {
  const [hours, setHours] = useState(start);
  const value = writtenHours(hours);
  const sent = useTelling(value);
  return (
    <fieldset className="field hoursfield">
      <legend>{text.title}</legend>
      <div className="chipsrow">
        {PRESETS.map((preset) => (
          <button key={preset.label} type="button" className="chip" aria-pressed={writtenHours(preset.hours) === value} onClick={() => setHours(preset.hours)}>
            {preset.label}
          </button>
        ))}
      </div>
      {hours.length ? <WeekHours label={text.title} hours={hours} first={OFFICE} onChange={setHours} /> : null}
      <input ref={sent} type="hidden" name="hours" value={value} />
    </fieldset>
  );
}
