import { WEEKDAYS } from '#kernel/weekly.ts';
import { Field, Select } from '#web/ui/Field.tsx';
import { WeekHours } from '#web/ui/WeekHours.tsx';
import { zoneOptions } from '#web/ui/zones.ts';
import type { Times } from './steps.ts';
import { words } from './words.ts';

const text = words.times;

export const officeHours = (zone: string): Times => ({ zone, hours: [{ days: WEEKDAYS.slice(0, 5), from: '08:00', until: '18:00' }] });

interface WeeklyTimesProps {
  readonly label: string;
  /** Set where nothing else says what the times are. */
  readonly titled?: true;
  readonly times: Times;
  readonly onChange: (times: Times) => void;
}

/** Times of a week in a zone. */
export function WeeklyTimes({ label, titled, times, onChange }: WeeklyTimesProps) {
  return (
    <div className="stack8" role="group" aria-label={label}>
      {titled ? <span className="b s13">{label}</span> : null}
      <WeekHours
        needed
        label={label}
        hours={times.hours}
        first={{ days: ['sa', 'su'], from: '10:00', until: '16:00' }}
        onChange={(hours) => onChange({ ...times, hours: hours.map((line) => ({ ...line, days: [...line.days] })) })}
      />
      <Field name="zone" label={text.zone}>
        <Select value={times.zone} options={zoneOptions([times.zone])} onChange={(event) => onChange({ ...times, zone: event.currentTarget.value })} />
      </Field>
    </div>
  );
}
