import type { ReactNode } from 'react';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Time } from '#web/ui/Time.tsx';
import type { ReviewFacts as Facts } from '../contract.ts';
import { spoken } from '../rules/paper.ts';
import { Linked } from './look.tsx';
import { words } from './words.ts';

const text = words.review;
const MARKS = ['began', 'detected', 'acknowledged', 'contained', 'resolved'] as const;
const STEPS = ['detect', 'acknowledge', 'contain', 'resolve'] as const;

/** When it began, was seen, taken, contained and over, and what lay between: from the log. */
export function ReviewTimes({ facts }: { readonly facts: Facts }) {
  const { marks, durations, gaps, unknown } = facts;
  return (
    <Section title={text.times} count={text.fromLog}>
      <dl className="percent">
        {STEPS.map((step) => (
          <div key={step}>
            <dt>{text.steps[step]}</dt>
            <dd className="num">{durations[step] === null ? <span className="dim">{text.notKnown}</span> : spoken(durations[step])}</dd>
          </div>
        ))}
      </dl>
      <ul className="bullets s13">
        {MARKS.map((mark) => (
          <li key={mark}>
            {text.marked[mark]}: {marks[mark] ? <Time at={marks[mark]} form="full" /> : <span className="dim">{text.notKnown}</span>}
          </li>
        ))}
        {gaps
          .filter(({ longest }) => longest)
          .map(({ from, to, ms }) => (
            <li key={from}>
              <b className="b">{text.gap(text.marked[from], text.marked[to])}</b>: {spoken(ms)}, {text.longest}
            </li>
          ))}
        {unknown.map((each) => (
          <li key={each} className="dim">
            {each}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const Notes = ({ title, notes }: { readonly title: string; readonly notes: Facts['changed'] }): ReactNode =>
  notes.length ? (
    <>
      <h3 className="s13 b">{title}</h3>
      <ul className="bullets s13">
        {notes.map((note) => (
          <li key={note.id}>
            <Time at={note.at} form="clock" /> <Linked text={note.text} />{' '}
            {note.kind === 'unknown' ? note.answeredAt ? <Linked text={note.answer} /> : <span className="dim">{text.unanswered}</span> : null}
          </li>
        ))}
      </ul>
    </>
  ) : null;

/** What was written in the room, so that nobody has to write it again. */
export function ReviewKnown({ facts }: { readonly facts: Facts }) {
  const { service, meaning, changed, tested, questions } = facts;
  if (!service && !meaning && !changed.length && !tested.length && !questions.length) return null;
  return (
    <Section title={text.known}>
      <div className="marked essay">
        {service ? (
          <p className="s13">
            {text.service}{' '}
            <Link className="l" href={`/records/${service.number}`}>
              {service.title}
            </Link>
          </p>
        ) : null}
        {meaning ? (
          <>
            <h3 className="s13 b">{text.means}</h3>
            <p className="prose pre s13">
              <Linked text={meaning} />
            </p>
          </>
        ) : null}
        <Notes title={text.changed} notes={changed} />
        <Notes title={text.tested} notes={tested} />
        <Notes title={text.questions} notes={questions} />
      </div>
    </Section>
  );
}
