import { useState } from 'react';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Stages, type Stage } from '#web/ui/Stages.tsx';
import { lengthOf, ms, SECOND } from '#web/ui/time.ts';
import type { Detail } from './WhyMe.tsx';
import { words } from './words.ts';

const text = words.way;

/** The sentence with what it names as a link; where it does not name it, the link follows. */
function Linked({ sentence, name, href }: { readonly sentence: string; readonly name: string; readonly href: string }) {
  const link = (
    <Link className="l" href={href}>
      {name}
    </Link>
  );
  const at = sentence.indexOf(name);
  if (at < 0)
    return (
      <>
        {sentence} {link}
      </>
    );
  return (
    <>
      {sentence.slice(0, at)}
      {link}
      {sentence.slice(at + name.length)}
    </>
  );
}

function countOf({ stages, alert }: Detail): string {
  const first = stages.find(({ question, at }) => at && question.startsWith('Paged'))?.at;
  const length = first ? ms(first) - ms(alert.openedAt) : undefined;
  const soon = length === undefined ? '' : length < SECOND ? ', under 1 s to the first page' : `, ${lengthOf(length)} to the first page`;
  return `${stages.length} stages${soon}`;
}

type Told = Detail['stages'][number];

/** The record that a stage names, or the rule that sent the alert where it went. */
function Sentence({ stage, rule }: { readonly stage: Told; readonly rule: string }) {
  const { sentence, record } = stage;
  if (record)
    return (
      <Linked sentence={sentence} name={sentence.includes(record.title) || !sentence.includes(record.number) ? record.title : record.number} href={`/records/${record.number}`} />
    );
  if (stage.question !== text.route) return sentence;
  return rule ? (
    <Linked sentence={sentence} name={rule} href={`/alerts/rules?rule=${encodeURIComponent(rule)}`} />
  ) : (
    <Linked sentence={sentence} name={text.rules} href="/alerts/rules" />
  );
}

/** Stages that had nothing to do are one quiet line until somebody asks for each. */
function linesOf({ stages, rule }: Detail, fold: (count: number, sentence: string) => Pick<Stage, 'title' | 'verdict' | 'sentence'> | null): readonly Stage[] {
  const lines: Stage[] = [];
  const plain = stages.filter((stage) => stage.plain);
  const folded = fold(plain.length, sentenceOf(plain));
  let last = stages[0]?.at ?? '';
  for (const [index, stage] of stages.entries()) {
    last = stage.at ?? last;
    if (stage.plain && folded) {
      if (stage === plain[0]) lines.push({ id: 'plain', state: 'good', at: last, ...folded });
      continue;
    }
    const { question, verdict, state } = stage;
    const isWaiting = state === 'waiting';
    lines.push({ id: `${index}`, title: question, verdict, state: isWaiting ? 'info' : state, sentence: <Sentence stage={stage} rule={rule} />, at: last, waiting: isWaiting });
  }
  return lines;
}

/** "Not muted, not explained by another, no wait." */
function sentenceOf(plain: readonly Told[]): string {
  const said = plain.map(({ question, verdict }) => text.plain[question] ?? verdict).join(', ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

/** The way from the signal to a person, one question after the other. */
export function Way({ detail }: { readonly detail: Detail }) {
  const [isWhole, setWhole] = useState(false);
  const isHeld = detail.stages.some(({ question, plain }) => !plain && question in text.plain);
  const lines = linesOf(detail, (count, sentence) =>
    isWhole || count < 2
      ? null
      : {
          title: isHeld ? text.nothingElse : text.nothing,
          verdict: text.questions(count),
          sentence: (
            <>
              {sentence}{' '}
              <button type="button" className="textual" onClick={() => setWhole(true)}>
                {text.each}
              </button>
            </>
          ),
        },
  );
  return (
    <Section title={detail.whyMe ? words.alert.howMe : words.alert.how} count={countOf(detail)}>
      <Stages stages={lines} />
    </Section>
  );
}
