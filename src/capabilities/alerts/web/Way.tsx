import type { Ref } from '#kernel/contract.ts';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Stages, type Stage } from '#web/ui/Stages.tsx';
import { lengthOf, ms, SECOND } from '#web/ui/time.ts';
import type { Detail } from './WhyMe.tsx';
import { words } from './words.ts';

/** The sentence with the record's name in it as a link; where it is not named, the link follows. */
function Linked({ sentence, record }: { readonly sentence: string; readonly record: Ref | null }) {
  if (!record) return sentence;
  const link = (
    <Link className="l" href={`/records/${record.number}`}>
      {record.title}
    </Link>
  );
  const at = sentence.indexOf(record.title);
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
      {sentence.slice(at + record.title.length)}
    </>
  );
}

function countOf({ stages, alert }: Detail): string {
  const first = stages.find(({ question, at }) => at && question.startsWith('Paged'))?.at;
  const length = first ? ms(first) - ms(alert.openedAt) : undefined;
  const soon = length === undefined ? '' : length < SECOND ? ', under 1 s to the first page' : `, ${lengthOf(length)} to the first page`;
  return `${stages.length} stages${soon}`;
}

/** The way from the signal to a person, one question after the other. */
export function Way({ detail }: { readonly detail: Detail }) {
  let last = detail.alert.openedAt;
  const stages = detail.stages.map(({ question, verdict, state, sentence, at, record }, index): Stage => {
    last = at ?? last;
    return {
      id: `${index}`,
      title: question,
      verdict,
      state: state === 'waiting' ? 'info' : state,
      sentence: <Linked sentence={sentence} record={record} />,
      at: last,
      waiting: state === 'waiting',
    };
  });
  return (
    <Section title={detail.whyMe ? words.alert.howMe : words.alert.how} count={countOf(detail)}>
      <Stages stages={stages} />
    </Section>
  );
}
