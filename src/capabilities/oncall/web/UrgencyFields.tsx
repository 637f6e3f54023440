import { Checkbox, Field, Input, Select } from '#web/ui/Field.tsx';
import { useZone } from '#web/ui/now.ts';
import type { Urgency } from './steps.ts';
import { officeHours, WeeklyTimes } from './WeeklyTimes.tsx';
import { words } from './words.ts';

const text = words.policy;
export const URGENCIES = (['high', 'severity', 'support'] as const).map((value) => ({ value, label: text.urgencies[value] }));

interface UrgencyFieldsProps {
  readonly urgency: Urgency;
  readonly onChange: (urgency: Urgency) => void;
  readonly answerMinutes: number;
  readonly onAnswer: (minutes: number) => void;
}

/** How urgent a page is, what low urgency waits for, and how long an acknowledgement holds. */
export function UrgencyFields({ urgency, onChange, answerMinutes, onAnswer }: UrgencyFieldsProps) {
  const zone = useZone();
  const { by, support } = urgency;
  const choose = (value: string) => {
    const chosen = URGENCIES.find((one) => one.value === value)?.value ?? 'high';
    onChange({ by: chosen, support: chosen === 'support' ? (support ?? officeHours(zone)) : support });
  };
  return (
    <>
      <Field name="urgency" label={text.urgency} hint={text.urgencyHints[by]}>
        <Select options={URGENCIES} value={by} onChange={(event) => choose(event.currentTarget.value)} />
      </Field>
      {by === 'severity' ? (
        <Checkbox label={text.waitForHours} checked={support !== null} onChange={(event) => onChange({ by, support: event.currentTarget.checked ? officeHours(zone) : null })} />
      ) : null}
      {by !== 'high' && support ? <WeeklyTimes titled label={text.supportHours} times={support} onChange={(times) => onChange({ by, support: times })} /> : null}
      <Field name="answerMinutes" label={text.answerMinutes} hint={answerMinutes === 0 ? text.answerForEver : text.answerHint}>
        <Input type="number" min={0} max={1440} value={answerMinutes} onChange={(event) => onAnswer(Number(event.currentTarget.value))} />
      </Field>
    </>
  );
}
