import { useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Button } from '#web/ui/Button.tsx';
import { Select } from '#web/ui/Field.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section } from '#web/ui/Parts.tsx';
import { Badge } from '#web/ui/Status.tsx';
import { followups } from '../contract.ts';
import { words } from './words.ts';

const text = words.issue;

/** The issue of an action elsewhere, or where it may be handed to. */
export function HandOn({ page }: { readonly page: Out<(typeof followups)['verbs']['get']> }) {
  const { action, issue, may } = page;
  const { data } = useRead(api(followups).trackers, {});
  const [chosen, setChosen] = useState('');
  const hand = useWrite(api(followups).handOn);
  const trackers = data?.items ?? [];
  const tracker = chosen || trackers[0]?.id || '';
  if (!issue && (!trackers.length || action.state !== 'open')) return null;
  return (
    <Section title={text.title} {...(issue && { count: issue.tracker })}>
      {issue?.key ? (
        <p className="row">
          <a className="l" href={issue.url} rel="noreferrer noopener" target="_blank">
            {issue.key}
          </a>
          <Badge {...(issue.state === 'done' && { state: 'good' as const })}>{text.states[issue.state]}</Badge>
        </p>
      ) : issue && !issue.trouble ? (
        <p className="dim s13">{text.sending}</p>
      ) : null}
      {issue?.trouble ? <Note state="warning">{issue.trouble}</Note> : null}
      {hand.problem ? (
        <Note live state="critical">
          {hand.problem.sentence}
        </Note>
      ) : null}
      {may.handOn === null && trackers.length ? (
        <div className="row">
          <Select
            aria-label={text.where}
            options={trackers.map(({ id, name }) => ({ value: id, label: name }))}
            value={tracker}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <Button size="small" busy={hand.busy} onClick={() => hand.act({ number: action.number, tracker })}>
            {text.hand}
          </Button>
          <Link className="l s12" href="/actions/trackers">
            {text.trackers}
          </Link>
        </div>
      ) : null}
    </Section>
  );
}
