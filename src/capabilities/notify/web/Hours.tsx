import { useState } from 'react';
import type { Hours as WeekHoursOf } from '#kernel/weekly.ts';
import { Button } from '#web/ui/Button.tsx';
import { Note } from '#web/ui/Parts.tsx';
import { WeekHours } from '#web/ui/WeekHours.tsx';
import type { ShownProblem } from '#web/ui/problem.ts';
import type { Contact } from '../contract.ts';
import { words } from './words.ts';

type Window = Contact['hours'][number];

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
  const [drawn, setDrawn] = useState<readonly WeekHoursOf[]>();
  const hours = drawn ?? stored;
  return (
    <div className="stack8">
      <WeekHours label={label} hours={hours} first={first} onChange={setDrawn} />
      {problem ? (
        <Note live state="critical">
          {problem.sentence}
        </Note>
      ) : null}
      <div className="inlineform">
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
