import { useEffect, useState } from 'react';
import type { In, Out } from '#kernel/contract.ts';
import { api, useRead } from '#web/api.ts';
import { Icon } from '#web/ui/Icon.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { Select } from '#web/ui/Field.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { oncall } from '../contract.ts';
import { SEVERITIES } from '../rules/conditions.ts';
import { PICTURES } from './StepCard.tsx';
import { words } from './words.ts';
import './paging.css';

const text = words.policy;
type Asked = In<(typeof oncall)['verbs']['preview']>;
type Line = Out<(typeof oncall)['verbs']['preview']>['steps'][number];

const TIERS = ['1', '2', '3', '4'].map((value) => ({ value, label: `tier ${value}` }));
const MARKS = { skip: '–', hold: '…', administrators: '!' } as const;

function Whom({ line }: { readonly line: Line }) {
  const { kind, people, channels, sentence } = line;
  if (kind === 'skip') return <StatusText state="warning">{sentence}</StatusText>;
  if (kind === 'hold') return <StatusText state="info">{sentence}</StatusText>;
  if (kind === 'administrators') return <span className="mut">{sentence}</span>;
  return (
    <span className="row wrap">
      {people.map(({ id, title }) => (
        <Person key={id} person={{ id, name: title }} />
      ))}
      {channels.map(({ id, title }) => (
        <span key={id} className="row">
          <Icon of={PICTURES.channel} size={14} />
          {title}
        </span>
      ))}
    </span>
  );
}

/** Asked again only when nothing was typed for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const written = JSON.stringify(value);
  useEffect(() => {
    const wait = setTimeout(() => setSettled(JSON.parse(written) as T), 350);
    return () => clearTimeout(wait);
  }, [written]);
  return settled;
}

/** Who would be paged, step by step: now, or at a time, for a severity. The engine itself, run ahead on the server. */
export function Preview({ asked, ready = true, said = false }: { readonly asked: Asked; readonly ready?: boolean; readonly said?: boolean }) {
  const [at, setAt] = useState('');
  const [severity, setSeverity] = useState('critical');
  const [tier, setTier] = useState('1');
  const found = SEVERITIES.find((one) => one === severity);
  const { input, whole } = useSettled<{ readonly input: Asked; readonly whole: boolean }>({
    whole: ready,
    input: { ...asked, ...(at && { at: new Date(at).toISOString() }), ...(found && { severity: found }), ...(tier && { tier: Number(tier) }) },
  });
  const { data, problem } = useRead(api(oncall).preview, input, { enabled: ready && whole, on: ['rota.', 'policy.'] });
  return (
    <Section title={at ? text.previewAt : text.preview}>
      <div className="row wrap previewtools">
        <input className="inp" type="datetime-local" aria-label={text.at} value={at} onChange={(event) => setAt(event.currentTarget.value)} />
        <Select
          aria-label={text.ofSeverity}
          options={SEVERITIES.map((value) => ({ value, label: value }))}
          value={severity}
          onChange={(event) => setSeverity(event.currentTarget.value)}
        />
        <Select aria-label={text.ofTier} none={text.noTier} options={TIERS} value={tier} onChange={(event) => setTier(event.currentTarget.value)} />
      </div>
      {ready ? null : <p className="dim s13">{text.previewLater}</p>}
      {ready && problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {said && ready && data ? <p className="s13">{data.sentence}</p> : null}
      {ready && data ? (
        <ol className="esc" aria-label={text.preview}>
          {data.steps.map((line, place) => (
            <li key={place}>
              <span className="n num">{line.kind === 'page' ? line.stepNumber : MARKS[line.kind]}</span>
              <Whom line={line} />
              <span className="dim s12 nw num">
                {text.after(line.afterMinutes)}
                {at || line.afterMinutes > 720 ? (
                  <span className="block">
                    <Time at={line.at} form="full" />
                  </span>
                ) : null}
              </span>
            </li>
          ))}
        </ol>
      ) : ready && !problem ? (
        <Skeleton width="60%" />
      ) : null}
    </Section>
  );
}
