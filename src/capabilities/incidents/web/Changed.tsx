import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { useRead, useWrite } from '#web/api.ts';
import { pageOf } from '#web/record/page-of.ts';
import { Button } from '#web/ui/Button.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { StatusText, type State } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { IncidentPage } from '../contract.ts';
import type { Suspect } from '../contract/changed.ts';
import { incidentsApi } from './api.ts';
import { words } from './words.ts';

const text = words.changed;
const NARROW = { hours: 24, hops: 3 } as const;
const WIDE = { hours: 168, hops: 5 } as const;
const SHOWN = 5;

const standing = ({ verdict, likely }: Suspect): { readonly state: State; readonly word: string } => {
  if (verdict) return verdict.was ? { state: 'critical', word: text.was } : { state: 'good', word: text.wasNot };
  return { state: ({ likely: 'critical', possible: 'warning', unclear: 'unknown' } as const)[likely], word: text.likely[likely] };
};

/** What was changed near it, the most suspect first, with what speaks for and against each. */
export function Changed({ page }: { readonly page: IncidentPage }) {
  const { number } = page.incident;
  const [wide, setWide] = useState(false);
  const [all, setAll] = useState(false);
  const asked = wide ? WIDE : NARROW;
  const { data, problem } = useRead(incidentsApi.changed, { number, ...asked }, { on: ['incident.change', 'edge.', 'service.', 'component.', 'mute.'] });
  const judge = useWrite(incidentsApi.judgeChange);
  const items = data?.items ?? [];
  const shown = all ? items : items.slice(0, SHOWN);
  return (
    <Section
      title={text.title}
      {...(data && items.length > 0 && { count: text.count(shown.length, data.found) })}
      end={
        <>
          <span className="dim s12">{text.scope(asked.hours, asked.hops)}</span>
          <button type="button" className="l textual s12" onClick={() => setWide(!wide)}>
            {wide ? text.narrow : text.widen}
          </button>
        </>
      }
    >
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {judge.problem ? (
        <Note live state="critical">
          {judge.problem.sentence}
        </Note>
      ) : null}
      {data ? null : <Skeleton width="70%" />}
      {data?.because ? <p className="dim s13">{data.because}</p> : null}
      {data && !data.because && !items.length ? <p className="dim s13">{text.none}</p> : null}
      <ol className="suspects">
        {shown.map((suspect, at) => (
          <Line key={suspect.key} suspect={suspect} place={at + 1} refused={page.may.addNote} busy={judge.busy} onJudge={(was) => judge.act({ number, key: suspect.key, was })} />
        ))}
      </ol>
      {items.length > SHOWN ? (
        <Button variant="quiet" size="small" onClick={() => setAll(!all)}>
          {all ? text.fewer : text.all(items.length)}
        </Button>
      ) : null}
    </Section>
  );
}

interface LineProps {
  readonly suspect: Suspect;
  readonly place: number;
  readonly refused: string | null;
  readonly busy: boolean;
  readonly onJudge: (was: boolean | null) => void;
}

function Line({ suspect, place, refused, busy, onJudge }: LineProps) {
  const { title, record, link, reasons, verdict, at, by } = suspect;
  const { state, word } = standing(suspect);
  return (
    <li className={verdict && !verdict.was ? 'out' : undefined}>
      <span className="place num">{place}</span>
      <div className="what">
        <div>
          <b className="b">{title}</b>{' '}
          {record ? (
            <Link className="id" href={pageOf(record)}>
              {record.number}
            </Link>
          ) : null}
          {link ? (
            <a className="l s12" href={link} rel="noreferrer">
              {text.open}
            </a>
          ) : null}
          <span className="dim s12">
            {' '}
            <Time at={at} />
            {by ? `, ${by.title}` : ''}
          </span>
        </div>
        <ul className="reasons">
          {reasons.map((reason) => (
            <li key={reason.words}>
              <Icon of={reason.speaks === 'for' ? Plus : Minus} size={12} dim />
              <span className="sr">{reason.speaks === 'for' ? text.for : text.against}</span>
              {reason.words}
            </li>
          ))}
        </ul>
      </div>
      <span className="end">
        <StatusText state={state}>{word}</StatusText>
        {refused ? null : verdict ? (
          <Button size="small" variant="quiet" busy={busy} onClick={() => onJudge(null)}>
            {text.again}
          </Button>
        ) : (
          <>
            <Button size="small" busy={busy} aria-label={`${text.itWas}: ${title}`} onClick={() => onJudge(true)}>
              {text.itWas}
            </Button>
            <Button size="small" variant="quiet" busy={busy} aria-label={`${text.itWasNot}: ${title}`} onClick={() => onJudge(false)}>
              {text.itWasNot}
            </Button>
          </>
        )}
      </span>
    </li>
  );
}
