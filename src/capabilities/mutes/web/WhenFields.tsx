import { useRef } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Checkbox, Field, Input } from '#web/ui/Field.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import type { ShownWhen } from '../contract.ts';
import { instantFrom, lastDayOf, localOf, rangeText, timesText, type Shape } from './times.ts';
import { words } from './words.ts';

const text = words.form;
const HOUR = 3_600_000;
const LENGTHS = [1, 2, 4, 8, 24];
const RANGES = [
  { field: 'weekdays', label: text.days, hint: text.daysHint },
  { field: 'daysOfMonth', label: text.month, hint: text.monthHint },
  { field: 'months', label: text.months, hint: text.monthsHint },
  { field: 'years', label: text.years, hint: text.yearsHint },
] as const;

interface WhenFieldsProps {
  readonly shape: Shape;
  readonly when: ShownWhen | undefined;
}

export function WhenFields({ shape, when }: WhenFieldsProps) {
  if (shape === 'window') return <Once when={when} />;
  return (
    <>
      {shape === 'weekly' ? <Weekly when={when} /> : <Calendar when={when} />}
      <Bounds when={when} />
    </>
  );
}

/** From and until on the viewer's clock; the usual lengths move the end. */
function Once({ when }: Pick<WhenFieldsProps, 'when'>) {
  const [zone, now] = [useZone(), useNow('minute')];
  const box = useRef<HTMLDivElement>(null);
  const started = useRef(now);
  function last(hours: number) {
    const [from, until] = ['from', 'until'].map((name) => box.current?.querySelector<HTMLInputElement>(`input[name=${name}]`));
    const begin = from && Date.parse(instantFrom(from.value, zone) ?? '');
    if (!until) return;
    until.value = localOf((begin && !Number.isNaN(begin) ? begin : now) + hours * HOUR, zone);
    until.dispatchEvent(new Event('input', { bubbles: true }));
  }
  return (
    <div ref={box} className="stack8">
      <div className="duo">
        <Field name="from" label={text.from} hint={text.zoneHint(zone)}>
          <Input type="datetime-local" defaultValue={localOf(when?.from ?? started.current, zone)} />
        </Field>
        <Field name="until" label={text.until}>
          <Input type="datetime-local" required defaultValue={localOf(when?.until ?? started.current + HOUR, zone)} />
        </Field>
      </div>
      <div className="row mlengths" role="group" aria-label={text.lengths}>
        {LENGTHS.map((hours) => (
          <Button key={hours} size="small" onClick={() => last(hours)}>
            {hours} h
          </Button>
        ))}
      </div>
    </div>
  );
}

function Weekly({ when }: Pick<WhenFieldsProps, 'when'>) {
  const weekly = when?.kind === 'weekly' ? when.weekly : undefined;
  return (
    <>
      <div className="duo">
        <Field name="start" label={text.start}>
          <Input type="time" required defaultValue={weekly?.start ?? '22:00'} />
        </Field>
        <Field name="minutes" label={text.lasts} hint={text.lastsHint}>
          <Input type="number" required min={1} max={1440} defaultValue={weekly?.minutes ?? 60} />
        </Field>
      </div>
      <fieldset className="mdays">
        <legend>
          {text.weekdays} <span className="dim">{text.everyDay}</span>
        </legend>
        {text.weekdayNames.map((name, at) => (
          <Checkbox key={name} name={`weekday${at + 1}`} value="on" label={name} defaultChecked={weekly?.weekdays.includes(at + 1)} />
        ))}
      </fieldset>
    </>
  );
}

function Calendar({ when }: Pick<WhenFieldsProps, 'when'>) {
  return (
    <>
      <Field name="times" label={text.times} hint={text.timesHint} optional>
        <Input defaultValue={when?.kind === 'intervals' ? timesText(when.intervals[0]?.times ?? []) : ''} autoComplete="off" />
      </Field>
      <div className="duo">
        {RANGES.map(({ field, label, hint }) => (
          <Field key={field} name={field} label={label} hint={hint} optional>
            <Input defaultValue={rangeText(when, field)} autoComplete="off" />
          </Field>
        ))}
      </div>
    </>
  );
}

function Bounds({ when }: Pick<WhenFieldsProps, 'when'>) {
  const zone = useZone();
  const own = when?.kind === 'weekly' ? when.weekly.zone : when?.kind === 'intervals' ? when.intervals[0]?.zone : undefined;
  return (
    <div className="duo">
      <Field name="zone" label={text.zone}>
        <Input required defaultValue={own ?? zone} autoComplete="off" />
      </Field>
      <Field name="last" label={text.last} hint={text.lastHint} optional>
        <Input type="date" defaultValue={when && when.kind !== 'window' ? lastDayOf(when.until, zone) : ''} />
      </Field>
    </div>
  );
}
