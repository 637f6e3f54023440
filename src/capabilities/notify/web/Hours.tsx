import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/ui/Button.tsx';
import { Input, Select } from '#web/ui/Field.tsx';
import { Note } from '#web/ui/Parts.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';
import type { Contact } from '../contract.ts';
import { words } from './words.ts';

type Window = Contact['hours'][number];

const PRESETS: Readonly<Record<string, Window['days']>> = {
  every: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'],
  work: ['mo', 'tu', 'we', 'th', 'fr'],
  weekend: ['sa', 'su'],
};
const presetOf = (days: Window['days']) => Object.entries(PRESETS).find(([, all]) => all.length === days.length && all.every((day) => days.includes(day)))?.[0] ?? 'own';

interface HoursProps {
  readonly label: string;
  readonly stored: readonly Window[];
  readonly first: Window;
  readonly busy: boolean;
  readonly problem: ShownProblem | undefined;
  readonly onSave: (hours: Window[]) => void;
}

/** Windows of local time on some days; kept only when saved. */
export function Hours({ label, stored, first, busy, problem, onSave }: HoursProps) {
  const [drawn, setDrawn] = useState<readonly Window[]>();
  const hours = drawn ?? stored;
  const change = (at: number, next: Partial<Window>) => setDrawn(hours.map((one, index) => (index === at ? { ...one, ...next } : one)));
  return (
    <div>
      {hours.map((one, at) => (
        <div key={at} className="hourline" role="group" aria-label={`${label} ${at + 1}`}>
          <Select
            aria-label={words.days}
            value={presetOf(one.days)}
            options={[
              ...Object.keys(PRESETS).map((value) => ({ value, label: words.presets[value as keyof typeof words.presets] })),
              ...(presetOf(one.days) === 'own' ? [{ value: 'own', label: one.days.join(', ') }] : []),
            ]}
            onChange={(event) => change(at, { days: [...(PRESETS[event.currentTarget.value] ?? one.days)] })}
          />
          <Input type="time" aria-label={words.from} value={one.from} onChange={(event) => change(at, { from: event.currentTarget.value })} />
          <Input type="time" aria-label={words.until} value={one.until} onChange={(event) => change(at, { until: event.currentTarget.value })} />
          <Button
            size="small"
            variant="quiet"
            square
            icon={X}
            aria-label={`${words.remove}: ${label} ${at + 1}`}
            onClick={() => setDrawn(hours.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {problem ? (
        <Note live state="critical">
          {problem.sentence}
        </Note>
      ) : null}
      <div className="inlineform">
        <Button size="small" icon={Plus} variant="quiet" onClick={() => setDrawn([...hours, first])}>
          {words.addHours}
        </Button>
        {drawn ? (
          <Button
            size="small"
            variant="primary"
            busy={busy}
            onClick={() => {
              onSave(drawn.map((one) => ({ ...one, days: [...one.days] })));
              setDrawn(undefined);
            }}
          >
            {words.saveHours}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
