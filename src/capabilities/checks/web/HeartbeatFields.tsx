import { useState } from 'react';
import { Checkbox, Field, Input, Select } from '#web/ui/Field.tsx';
import { useZone } from '#web/ui/now.ts';
import type { Check } from '../contract/index.ts';
import { words } from './words.ts';
import { fieldText } from '#web/record/field-text.ts';

const text = words.form;
export type HeartbeatProbe = Extract<Check['probe'], { kind: 'heartbeat' }>;
type Schedule = HeartbeatProbe['expects']['kind'];

const SCHEDULES: readonly { readonly value: Schedule; readonly label: string }[] = [
  { value: 'period', label: text.period },
  { value: 'cron', label: text.cron },
  { value: 'calendar', label: text.calendar },
];
const scheduleOf = (value: string): Schedule => SCHEDULES.find((each) => each.value === value)?.value ?? 'period';

/** What the fields say; settings the form does not show stay as they were in `before`. */
export function heartbeatOf(values: FormData, before: HeartbeatProbe | undefined) {
  const kind = scheduleOf(fieldText(values, 'schedule'));
  const expects =
    kind === 'period' ? { kind, seconds: Math.round(Number(fieldText(values, 'seconds')) * 60) } : { kind, text: fieldText(values, 'text'), zone: fieldText(values, 'zone') };
  return {
    ...before,
    kind: 'heartbeat' as const,
    expects,
    graceSeconds: Math.round(Number(fieldText(values, 'graceSeconds')) * 60),
    methods: values.get('methods') === 'on' ? ('POST' as const) : ('any' as const),
    manualResume: values.get('manualResume') === 'on',
  };
}

/** When a ping is expected and how late it may be. */
export function HeartbeatFields({ probe }: { readonly probe?: HeartbeatProbe }) {
  const own = useZone();
  const { expects } = probe ?? {};
  const [schedule, setSchedule] = useState<Schedule>(expects?.kind ?? 'period');
  const zones = [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].toSorted();
  return (
    <>
      <Field name="schedule" label={text.schedule}>
        <Select options={SCHEDULES} value={schedule} onChange={(event) => setSchedule(scheduleOf(event.currentTarget.value))} />
      </Field>
      {schedule === 'period' ? (
        <Field name="seconds" label={text.every}>
          <Input type="number" min={1} defaultValue={expects?.kind === 'period' ? expects.seconds / 60 : 60} required />
        </Field>
      ) : (
        <div className="pair">
          <Field name="text" label={text.cronText} hint={schedule === 'cron' ? text.cronHint : text.calendarHint}>
            <Input defaultValue={expects && expects.kind !== 'period' ? expects.text : ''} spellCheck={false} required />
          </Field>
          <Field name="zone" label={text.zone}>
            <Select options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))} defaultValue={expects && expects.kind !== 'period' ? expects.zone : own} />
          </Field>
        </div>
      )}
      <Field name="graceSeconds" label={text.grace} hint={text.graceHint}>
        <Input type="number" min={1} defaultValue={(probe?.graceSeconds ?? 3600) / 60} />
      </Field>
      <Checkbox name="methods" label={text.methods} defaultChecked={probe?.methods === 'POST'} />
      <Checkbox name="manualResume" label={text.manual} defaultChecked={probe?.manualResume ?? false} />
    </>
  );
}
