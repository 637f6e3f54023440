import { useEffect, useRef, useState } from 'react';
import { api, useRead } from '#web/api.ts';
import { fieldText } from '#web/record/field-text.ts';
import { Note, Section } from '#web/ui/Parts.tsx';
import { slos } from '../contract.ts';
import { BudgetChart } from './BudgetChart.tsx';
import { Outages, share } from './look.tsx';
import { shareOf } from './share.ts';
import { words } from './words.ts';

const text = words.form;
const WAIT = 300;
const PREVIEW_DAYS = 30;

interface PreviewProps {
  readonly kind: 'time' | 'results' | 'prometheus';
  readonly checks: readonly string[];
}

/** How the last 30 days would have turned out, as the form around it is filled. */
export function Preview({ kind, checks }: PreviewProps) {
  const place = useRef<HTMLDivElement>(null);
  const [objective, setObjective] = useState<number>();
  useEffect(() => {
    const form = place.current?.closest('form');
    if (!form) return;
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setObjective(shareOf(fieldText(new FormData(form), 'objective'))), WAIT);
    };
    look();
    form.addEventListener('input', look);
    return () => {
      clearTimeout(timer);
      form.removeEventListener('input', look);
    };
  }, []);
  const isReady = kind !== 'prometheus' && checks.length > 0 && objective !== undefined && objective >= 0 && objective <= 1;
  const { data, problem } = useRead(api(slos).preview, { kind: kind === 'results' ? kind : 'time', checks: [...checks], objective: objective ?? 0 }, { enabled: isReady });
  return (
    <div ref={place} aria-live="polite">
      <Section title={text.preview}>
        {kind === 'prometheus' ? (
          <p className="dim s13">{text.previewPrometheus}</p>
        ) : !isReady ? (
          <p className="dim s13">{text.previewEmpty}</p>
        ) : problem ? (
          <Note state="warning">{problem.sentence}</Note>
        ) : data?.refused ? (
          <Note state="warning">{data.refused}</Note>
        ) : data ? (
          data.achieved === null ? (
            <Note state="unknown">{text.previewNone}</Note>
          ) : (
            <div className="stack8">
              <p className="s13">{text.previewSays(share(data.achieved, 3), share(data.budgetLeft, 0))}</p>
              <BudgetChart points={data.points} days={PREVIEW_DAYS} />
              <Outages outages={data.outages.slice(0, 5)} />
            </div>
          )
        ) : null}
      </Section>
    </div>
  );
}
