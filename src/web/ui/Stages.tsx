import { Check, Clock as ClockIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { StatusShape, type State } from './Status.tsx';
import { Time } from './Time.tsx';
import type { Instant } from './time.ts';

/** Where a record stands on its way; `current` is the name of one of `steps`. */
export function Pipeline({ steps, current }: { readonly steps: readonly string[]; readonly current: string }) {
  const at = steps.indexOf(current);
  return (
    <ol className="stp" aria-label="State">
      {steps.map((step, index) => {
        if (index < at)
          return (
            <li key={step} className="dn">
              <Icon of={Check} size={12} />
              {step}
              <span className="sr"> done</span>
            </li>
          );
        if (index > at) return <li key={step}>{step}</li>;
        return (
          <li key={step} className="now" aria-current="step">
            <i />
            {step}
          </li>
        );
      })}
    </ol>
  );
}

export interface Stage {
  readonly id: string;
  /** The question this stage answers, or its name. */
  readonly title: string;
  readonly verdict: string;
  readonly state: State;
  readonly sentence: ReactNode;
  readonly at: Instant;
  readonly waiting?: boolean;
}

/** How something came about, step by step; the stage that still waits is boxed. */
export function Stages({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <ol>
      {stages.map((stage) => (
        <li key={stage.id} className={stage.waiting ? 'vd now' : 'vd'}>
          <span className={`dot ic ${stage.waiting ? 'info' : stage.state}`}>
            {stage.waiting ? <Icon of={ClockIcon} /> : <StatusShape state={stage.state} />}
            <span className="sr">{stage.waiting ? 'waiting' : stage.state}</span>
          </span>
          <div className="grow">
            <div className="row">
              <b className="b">{stage.title}</b>
              <span className="vv">{stage.verdict}</span>
            </div>
            <div className="mut s13 prose">{stage.sentence}</div>
          </div>
          <span className="dim s12 num">
            <Time at={stage.at} form="seconds" />
          </span>
        </li>
      ))}
    </ol>
  );
}
