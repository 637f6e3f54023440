import { Badge, StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { FollowUp } from '../contract.ts';
import { words } from './words.ts';

/** The middle of a calendar day, so that it is that day in every zone people work in. */
const noon = (day: string) => `${day}T12:00:00Z`;

/** The day it is due; a warning once that has passed. */
export function Due({ action }: { readonly action: Pick<FollowUp, 'dueOn' | 'overdue'> }) {
  if (!action.dueOn) return <span className="dim">{words.noDay}</span>;
  const day = <Time at={noon(action.dueOn)} form="day" />;
  return action.overdue ? <StatusText state="warning">{day}</StatusText> : day;
}

const ADDRESS = /^https?:\/\/\S+$/;

/** A note, or a link when it is one. */
export const Shown = ({ text }: { readonly text: string }) => (
  <p className="prose pre essay">
    {ADDRESS.test(text) ? (
      <a className="l" href={text} rel="noreferrer noopener" target="_blank">
        {text}
      </a>
    ) : (
      text || <span className="dim">–</span>
    )}
  </p>
);

export const StateMark = ({ action }: { readonly action: Pick<FollowUp, 'state'> }) => (
  <Badge {...(action.state === 'done' && { state: 'good' as const })}>{words.states[action.state]}</Badge>
);
